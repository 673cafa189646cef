Feature: A Job runs its Pods to their end
  A Job is complete when enough of its Pods have succeeded; Pods that have ended stay, so that their logs can be read.
  The container says "Hello World", sleeps, and says "Bye"; it sleeps a second or two instead of fifty, which changes nothing else.

  Scenario: The Pod ends, and stays so that its logs can be read
    When I apply "job-example.yaml"
    Then Job "job-example" is complete
    And Job "job-example" has 1 Succeeded pod
    When I run "kubectl get pods"
    Then the output shows "Completed"
    When I run "kubectl logs job/job-example"
    Then the output shows, in this order:
      """
      Hello World
      Bye
      """

  Scenario: A ReplicaSet restarts the same container again and again
    When I apply "rs-job-example.yaml"
    Then a pod of ReplicaSet "rs-job-example" shows the events "Started, Started, BackOff" in this order
    When I run "kubectl label pods --all seen=yes"
    Then a pod of ReplicaSet "rs-job-example" is waiting with "CrashLoopBackOff"
    When I try "kubectl patch replicaset rs-job-example -p 'spec: {template: {spec: {restartPolicy: Never}}}'"
    Then kubectl refuses with "Unsupported value"

  Scenario: With completions alone the Pods run one after another
    When I apply "job-completions.yaml"
    Then Job "job-completions" is complete within 2 minutes
    And Job "job-completions" has 5 Succeeded pods
    And throughout, Job "job-completions" had at most 1 pod
    When I run "kubectl get job job-completions"
    Then the output has the columns:
      | NAME            | COMPLETIONS |
      | job-completions | 5/5         |

  Scenario: With parallelism several run at once, and no more than that
    When I apply "job-parallelism.yaml"
    Then Job "job-parallelism" has 3 pods
    And Job "job-parallelism" is complete within 2 minutes
    And throughout, Job "job-parallelism" had at most 3 pods

  Scenario: Deleting its Pod does not stop a Job, deleting the Job does
    Given I apply "job-long.yaml"
    When I delete a Job pod
    Then a replacement appears
    When I delete Job "job-long"
    Then Job "job-long" is gone
    And no Pod is left
