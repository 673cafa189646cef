Feature: Exercise: write the schedule
  Write schedules.yaml with the CronJobs weekly-backup, monthly-report, daily-mail, cleaning and seoul-report.
  A schedule has five fields: minute, hour, day of the month, month and weekday. The cluster reads it in UTC, or in the zone that spec.timeZone names.
  What counts is when the CronJob is due, not how that is written. The times are in UTC, those of seoul-report in Seoul's time.

  Scenario: Every Saturday at five in the morning
    When I apply "schedules.yaml"
    Then CronJob "weekly-backup" is due every Saturday at 05:00 UTC

  Scenario: On the first of the month at half past eleven in the evening
    When I apply "schedules.yaml"
    Then CronJob "monthly-report" is due on day 1 of every month at 23:30 UTC

  Scenario: Every morning at nine
    When I apply "schedules.yaml"
    Then CronJob "daily-mail" is due every day at 09:00 UTC

  Scenario: Every five minutes
    When I apply "schedules.yaml"
    Then CronJob "cleaning" is due every 5 minutes

  Scenario: Every morning at half past seven in Seoul
    When I apply "schedules.yaml"
    Then CronJob "seoul-report" is due every day at 07:30 in "Asia/Seoul"

  Scenario: An invalid schedule is refused
    When I try "kubectl create cronjob cleaning --image=busybox --schedule='*/* * * * *'"
    Then kubectl refuses with "failed to parse int from *"
    When I try "kubectl create cronjob monthly-report --image=busybox --schedule='* 30 23 1 *'"
    Then kubectl refuses with "end of range (30) above maximum (23)"

  Scenario: An unknown time zone is refused
    Given I apply "schedules.yaml"
    When I try "kubectl patch cronjob seoul-report --patch='spec: {timeZone: Asia/Soul}'"
    Then kubectl refuses with "unknown time zone Asia/Soul"
