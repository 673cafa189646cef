Feature: A run is due while the last one's Job still runs
  concurrencyPolicy decides: Forbid skips the run, Allow starts it beside the other, Replace starts it in place of the other.
  The labs do not wait for minutes: this CronJob counts them from its last run (@every 1m), which is set to 117 seconds ago.
  So one run is late and starts at once, and the next is due three seconds later.

  Background:
    Given I apply "cronjob-long.yaml"

  Scenario: Forbid skips it
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

  Scenario: Replace starts it in place of the other
    Given I edit CronJob "cronjob-long":
      """yaml
      spec: {concurrencyPolicy: Replace}
      """
    When I set the last run of CronJob "cronjob-long" to 117 seconds ago
    Then CronJob "cronjob-long" shows the events "SuccessfulCreate, SuccessfulDelete, SuccessfulCreate" in this order
    And CronJob "cronjob-long" has 1 running Job
