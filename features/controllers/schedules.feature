Feature: Exercise: write the schedule
  Write schedules.yaml with the CronJobs weekly-backup, monthly-report, daily-mail and cleaning.
  A schedule has five fields: minute, hour, day of the month, month and weekday. What counts is when it is due (in UTC), not how it is spelled.

  Scenario: Every Saturday at five in the morning
    When I apply "schedules.yaml"
    Then CronJob "weekly-backup" is due every Saturday at 05:00

  Scenario: On the first of the month at half past eleven in the evening
    When I apply "schedules.yaml"
    Then CronJob "monthly-report" is due on day 1 of every month at 23:30

  Scenario: Every morning at nine
    When I apply "schedules.yaml"
    Then CronJob "daily-mail" is due every day at 09:00

  Scenario: Every five minutes
    When I apply "schedules.yaml"
    Then CronJob "cleaning" is due every 5 minutes

  Scenario: What is no schedule is refused
    When I try "kubectl create cronjob cleaning --image=busybox --schedule='*/* * * * *'"
    Then kubectl refuses with "failed to parse int from *"
    When I try "kubectl create cronjob monthly-report --image=busybox --schedule='* 30 23 1 *'"
    Then kubectl refuses with "end of range (30) above maximum (23)"
