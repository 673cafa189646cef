Feature: Exercise: five runs, four at a time, within a deadline
  Change the Job job-example, as job-lab.yaml: five completions, four at a time, and 15 seconds for all of it.
  Its container, of the image centos, says "Hello World", sleeps for 2 to 5 seconds, and says "Bye".
  The speed of this machine does not count: the run below gets more time.

  Background:
    Given I apply "job-lab.yaml"

  Scenario: The Job is what was asked for
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

  Scenario: It runs four at a time, to the end
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
