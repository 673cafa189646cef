Feature: A schedule that cannot be meant is refused
  The API server reads the five fields and the time zone of a CronJob before it takes it.

  Scenario: An invalid schedule is refused
    When I try "kubectl create cronjob cleaning --image=busybox --schedule='*/* * * * *'"
    Then kubectl refuses with "failed to parse int from *"
    When I try "kubectl create cronjob monthly-report --image=busybox --schedule='* 30 23 1 *'"
    Then kubectl refuses with "end of range (30) above maximum (23)"

  Scenario: An unknown time zone is refused
    Given I apply "cronjob-yearly.yaml"
    When I try "kubectl patch cronjob cronjob-yearly --patch='spec: {timeZone: Asia/Soul}'"
    Then kubectl refuses with "unknown time zone Asia/Soul"
