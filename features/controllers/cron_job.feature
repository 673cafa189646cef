Feature: A CronJob creates Jobs on its schedule
  Its Jobs are ordinary ones, created from its template: on time, by hand, or late when their time was missed.
  Only one scenario waits for the clock. The others have a CronJob that is due at New Year, and set the time of its last run:
  what was due since then it does at once, or not at all.

  @slow
  Scenario: A Job starts every minute
    When I apply "cronjob-example.yaml"
    Then CronJob "cronjob-example" is due every minute
    And CronJob "cronjob-example" has 1 Job within 70 seconds
    And CronJob "cronjob-example" has 2 Jobs within 70 seconds

  Scenario: While suspended it starts no Job by itself; resumed, it makes up for a missed run
    Given I apply "cronjob-yearly.yaml"
    And I edit CronJob "cronjob-yearly":
      """yaml
      spec: {suspend: true}
      """
    When I set the last run of CronJob "cronjob-yearly" to 400 days ago
    Then no Job is created for 2 seconds
    When I run "kubectl create job by-hand --from=cronjob/cronjob-yearly"
    Then Job "by-hand" is complete
    And CronJob "cronjob-yearly" has 1 Job
    When I edit CronJob "cronjob-yearly":
      """yaml
      spec: {suspend: false}
      """
    Then CronJob "cronjob-yearly" has 2 Jobs

  Scenario: A run missed by more than startingDeadlineSeconds is skipped
    Given I apply "cronjob-yearly.yaml"
    And I edit CronJob "cronjob-yearly":
      """yaml
      spec: {startingDeadlineSeconds: 60}
      """
    When I set the last run of CronJob "cronjob-yearly" to 400 days ago
    Then no Job is created for 2 seconds
    When I edit CronJob "cronjob-yearly":
      """yaml
      spec: {startingDeadlineSeconds: null}
      """
    Then CronJob "cronjob-yearly" has 1 Job

  Scenario: More than 100 missed runs are reported, and the last of them still starts
    Given I apply "cronjob-daily.yaml"
    When I set the last run of CronJob "cronjob-daily" to 200 days ago
    Then CronJob "cronjob-daily" shows the events "TooManyMissedTimes, SuccessfulCreate" in this order
    And CronJob "cronjob-daily" has 1 Job

  Scenario: With startingDeadlineSeconds only the runs missed within that time count
    Given I apply "cronjob-daily.yaml"
    And I edit CronJob "cronjob-daily":
      """yaml
      spec: {startingDeadlineSeconds: 172800}
      """
    When I set the last run of CronJob "cronjob-daily" to 200 days ago
    Then CronJob "cronjob-daily" shows the events "SuccessfulCreate" in this order
    And CronJob "cronjob-daily" has 1 Job
    When I run "kubectl describe cronjob cronjob-daily"
    Then the output shows "SuccessfulCreate"
    And the output does not show "TooManyMissedTimes"

  Scenario: Deleting the CronJob deletes its Jobs and their Pods
    Given I apply "cronjob-yearly.yaml"
    When I run "kubectl create job by-hand --from=cronjob/cronjob-yearly"
    Then Job "by-hand" is complete
    When I delete CronJob "cronjob-yearly"
    Then CronJob "cronjob-yearly" is gone
    And no Job is left
    And no Pod is left

  Scenario: Only the last three Jobs that succeeded are kept
    Given I apply "cronjob-yearly.yaml"
    When I run "kubectl create job run-1 --from=cronjob/cronjob-yearly"
    And I run "kubectl create job run-2 --from=cronjob/cronjob-yearly"
    And I run "kubectl create job run-3 --from=cronjob/cronjob-yearly"
    And Job "run-1" is complete
    And I run "kubectl create job run-4 --from=cronjob/cronjob-yearly"
    And Job "run-4" is complete
    Then CronJob "cronjob-yearly" has 3 Jobs
    And Job "run-1" is gone
    And CronJob "cronjob-yearly" has 3 Succeeded pods

  Scenario: Of the Jobs that failed only the last is kept
    Given I apply "cronjob-failing.yaml"
    When I run "kubectl create job run-1 --from=cronjob/cronjob-failing"
    And Job "run-1" failed because of "BackoffLimitExceeded"
    And I run "kubectl create job run-2 --from=cronjob/cronjob-failing"
    And Job "run-2" failed because of "BackoffLimitExceeded"
    Then CronJob "cronjob-failing" has 1 Job
    And Job "run-1" is gone
