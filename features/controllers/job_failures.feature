Feature: A Job tries again, but not for ever
  With restartPolicy OnFailure a container that fails is started again in its Pod; with Never the Job makes a new Pod for each try.
  backoffLimit bounds how often it tries, activeDeadlineSeconds how long it runs.

  Scenario: With OnFailure the same Pod tries again
    When I apply "job-on-failure.yaml"
    Then Job "job-on-failure" is complete
    And a pod of Job "job-on-failure" has restarted 1 time
    And Job "job-on-failure" has 0 Failed pods

  Scenario: With Never each try is a new Pod, and backoffLimit ends the tries
    When I apply "job-never.yaml"
    Then Job "job-never" failed because of "BackoffLimitExceeded" within 1 minute
    And Job "job-never" has 2 Failed pods

  Scenario: The deadline ends what still runs
    When I apply "job-deadline.yaml"
    Then Job "job-deadline" failed because of "DeadlineExceeded"
    And no Pod is left
