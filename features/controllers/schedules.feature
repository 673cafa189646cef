@exercise @live @file:schedules.yaml @kind:CronJob
Feature: Exercise: write the schedule
  Write schedules.yaml with five CronJobs: weekly-backup is due every Saturday at 05:00, monthly-report on the first of every month at
  23:30, daily-mail every day at 09:00, cleaning every five minutes, and seoul-report every day at 07:30 in Seoul.
  The times are in UTC, those of seoul-report in Seoul's time. What counts is when a CronJob is due, not how that is written.
  A schedule has five fields: minute, hour, day of the month, month and weekday. The cluster reads it in UTC, or in the zone that
  spec.timeZone names.

  Scenario: Every Saturday at five in the morning
    Hint: the weekday is the last of the five fields, and the minute comes before the hour.

    When I apply "schedules.yaml"
    Then CronJob "weekly-backup" is due every Saturday at 05:00 UTC

  Scenario: On the first of the month at half past eleven in the evening
    When I apply "schedules.yaml"
    Then CronJob "monthly-report" is due on day 1 of every month at 23:30 UTC

  Scenario: Every morning at nine
    When I apply "schedules.yaml"
    Then CronJob "daily-mail" is due every day at 09:00 UTC

  Scenario: Every five minutes
    Hint: a slash in a field stands for steps.

    When I apply "schedules.yaml"
    Then CronJob "cleaning" is due every 5 minutes

  @points:2
  Scenario: Every morning at half past seven in Seoul
    Hint: the name of a time zone has a continent and a city.

    When I apply "schedules.yaml"
    Then CronJob "seoul-report" is due every day at 07:30 in "Asia/Seoul"
