@exercise @file:job-lab.yaml @kind:Job
Feature: Exercise: five runs, four at a time, within a deadline
  Write job-lab.yaml: a Job named job-example with five completions, four at a time, and 15 seconds for all of it.
  Its container, of the image centos, says "Hello World", sleeps for 2 to 5 seconds, and says "Bye", each on a line of its own.
  The speed of this machine does not count: the run below gets more time.

  Background:
    Given I apply "job-lab.yaml"

  Scenario: The Job is what was asked for
    Hint: the time for all of it is a deadline of the Job, not of its Pods.

    Then Job "job-example" matches:
      """yaml
      spec: {completions: 5}
      """
    And Job "job-example" matches:
      """yaml
      spec: {parallelism: 4}
      """
    And Job "job-example" matches:
      """yaml
      spec: {activeDeadlineSeconds: 15}
      """
    And Job "job-example" matches:
      """yaml
      spec: {template: {spec: {containers: [{image: centos}]}}}
      """

  @points:2
  Scenario: It runs four at a time, to the end
    Hint: several commands in one container need a shell, which takes them as one argument.

    Given I edit Job "job-example":
      """yaml
      spec: {activeDeadlineSeconds: 60}
      """
    Then Job "job-example" has 4 pods
    And Job "job-example" is complete within 1 minute
    And Job "job-example" has 5 Succeeded pods
    And throughout, Job "job-example" had at most 4 pods
    When I run "kubectl logs job/job-example"
    Then the output shows, in this order:
      """
      Hello World
      Bye
      """
    And every pod of Job "job-example" ran for 2 seconds to 7 seconds
