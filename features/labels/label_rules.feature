Feature: The API server checks the length and the characters of labels
  A value has at most 63 characters, of which the first and the last are letters or digits; between them there may be dashes,
  underscores and dots. kubectl label checks that itself, so the labels here are sent with a patch.

  Background:
    Given I apply "label-pod.yaml"

  Scenario: A value has from 0 to 63 characters
    When I run "kubectl patch pod label-pod -p 'metadata: {labels: {release: \"\"}}'"
    Then Pod "label-pod" has label "release="
    When I run "kubectl patch pod label-pod -p 'metadata: {labels: {release: abcdefghi-abcdefghi-abcdefghi-abcdefghi-abcdefghi-abcdefghi-abc}}'"
    Then Pod "label-pod" has label "release=abcdefghi-abcdefghi-abcdefghi-abcdefghi-abcdefghi-abcdefghi-abc"
    When I try "kubectl patch pod label-pod -p 'metadata: {labels: {release: abcdefghi-abcdefghi-abcdefghi-abcdefghi-abcdefghi-abcdefghi-abcd}}'"
    Then kubectl refuses with "must be no more than 63"

  Scenario: A value begins and ends with a letter or a digit
    When I try "kubectl patch pod label-pod -p 'metadata: {labels: {release: -stable}}'"
    Then kubectl refuses with "Invalid value: \"-stable\": a valid label must"
    When I try "kubectl patch pod label-pod -p 'metadata: {labels: {release: stable.}}'"
    Then kubectl refuses with "Invalid value: \"stable.\": a valid label must"
    And Pod "label-pod" has no label "release"

  Scenario: Between them it may have dashes, underscores and dots only
    When I run "kubectl patch pod label-pod -p 'metadata: {labels: {release: v1.14_stable-2}}'"
    Then Pod "label-pod" has label "release=v1.14_stable-2"
    When I try "kubectl patch pod label-pod -p 'metadata: {labels: {release: very stable}}'"
    Then kubectl refuses with "Invalid value: \"very stable\": a valid label must"

  Scenario: The name in a key follows the same rules
    When I try "kubectl patch pod label-pod -p 'metadata: {labels: {-release: stable}}'"
    Then kubectl refuses with "name part must consist of alphanumeric characters"
    When I try "kubectl patch pod label-pod -p 'metadata: {labels: {abcdefghi-abcdefghi-abcdefghi-abcdefghi-abcdefghi-abcdefghi-abcd: stable}}'"
    Then kubectl refuses with "name part must be no more than 63"
