@exercise @file:cron-job-lab.yaml @kind:CronJob
Feature: Exercise: a Job each morning at five, never two at once
  Write cron-job-lab.yaml: a CronJob named cronjob-example, due every day at 05:00 UTC and not suspended; a run may start up to
  300 seconds late, and not later; it does not start while the one before it still runs. Its Job prints today's date, as the program
  date does, and "Hello". It is tried by a Job that is made from the CronJob by hand.

  Background:
    Given I apply "cron-job-lab.yaml"

  @points:2
  Scenario: The CronJob is what was asked for
    Hint: kubectl explain cronjob.spec names the fields for a late start and for runs at the same time.

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
    Hint: several commands in one container need a shell, which takes them as one argument.

    When I run "kubectl create job by-hand --from=cronjob/cronjob-example"
    Then Job "by-hand" is complete
    When I run "kubectl logs job/by-hand"
    Then the output shows the date
    And the output shows "Hello"
