Feature: A Job tries again, within limits
  With restartPolicy OnFailure a container that fails is restarted in its Pod; with Never the Job creates a new Pod for each try.
  backoffLimit limits how often it tries, activeDeadlineSeconds how long it runs.

  Scenario: With OnFailure the container is restarted in the same Pod
    When I apply "job-on-failure.yaml"
    Then Job "job-on-failure" is complete
    And a pod of Job "job-on-failure" has restarted 1 time
    And Job "job-on-failure" has 0 Failed pods

  Scenario: With Never each try is a new Pod, as far as backoffLimit allows
    When I apply "job-never.yaml"
    Then Job "job-never" failed because of "BackoffLimitExceeded" within 1 minute
    And Job "job-never" has 2 Failed pods

  Scenario: activeDeadlineSeconds ends the Pods that still run
    When I apply "job-deadline.yaml"
    Then Job "job-deadline" failed because of "DeadlineExceeded"
    And no Pod is left
