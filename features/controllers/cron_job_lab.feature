Feature: Exercise: a Job each morning at five, never two at once
  Change the CronJob cronjob-example, as cron-job-lab.yaml: due every day at 05:00 UTC and not suspended; a run may start up to
  300 seconds late, and not later; it does not start while the one before it still runs. Its Job says the date and "Hello".

  Background:
    Given I apply "cron-job-lab.yaml"

  Scenario: The CronJob is what was asked for
    Then CronJob "cronjob-example" is due every day at 05:00 UTC
    And CronJob "cronjob-example" matches:
      """yaml
      spec: {suspend: false}
      """
    And CronJob "cronjob-example" matches:
      """yaml
      spec: {startingDeadlineSeconds: 300}
      """
    And CronJob "cronjob-example" matches:
      """yaml
      spec: {concurrencyPolicy: Forbid}
      """

  Scenario: Its Job does its work
    When I run "kubectl create job by-hand --from=cronjob/cronjob-example"
    Then Job "by-hand" is complete
    When I run "kubectl logs job/by-hand"
    Then the output shows the date
    And the output shows "Hello"
