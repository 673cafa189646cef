Feature: A run is due while the last one's Job still runs
  concurrencyPolicy decides: Forbid leaves the run out, Allow starts it beside the other, Replace puts it in the other's place.
  Nobody waits for minutes: this CronJob counts them from its last run (@every 1m), and is told that that was 117 seconds ago.
  So one run is late and starts at once, and the next is due three seconds after.

  Background:
    Given I apply "cronjob-long.yaml"

  Scenario: Forbid leaves it out
    Given I edit CronJob "cronjob-long":
      """yaml
      spec: {concurrencyPolicy: Forbid}
      """
    When I set the last run of CronJob "cronjob-long" to 117 seconds ago
    Then CronJob "cronjob-long" shows the events "SuccessfulCreate, JobAlreadyActive" in this order
    And CronJob "cronjob-long" has 1 running Job

  Scenario: Allow starts it beside the other
    Given I edit CronJob "cronjob-long":
      """yaml
      spec: {concurrencyPolicy: Allow}
      """
    When I set the last run of CronJob "cronjob-long" to 117 seconds ago
    Then CronJob "cronjob-long" has 2 running Jobs

  Scenario: Replace puts it in the other's place
    Given I edit CronJob "cronjob-long":
      """yaml
      spec: {concurrencyPolicy: Replace}
      """
    When I set the last run of CronJob "cronjob-long" to 117 seconds ago
    Then CronJob "cronjob-long" shows the events "SuccessfulCreate, SuccessfulDelete, SuccessfulCreate" in this order
    And CronJob "cronjob-long" has 1 running Job
