Feature: A ReplicaSet adopts the Pods that its selector matches
  Before it creates Pods it looks for existing ones: a Pod without an owner that its selector matches is adopted, and counts.
  Here there are some: web-1-14, web-1-15, web-1-16 and api-1-14, labelled with app and version, and web-unversioned without a version.

  Background:
    Given I apply "versions.yaml"

  Scenario: In: a listed version is adopted, another one is ignored
    When I apply "rs-nginx.yaml"
    Then ReplicaSet "rs-nginx" adopts Pod "web-1-15"
    And Pod "web-1-16" has no owner
    And ReplicaSet "rs-nginx" has 3 ready pods

  Scenario: NotIn: any version but the listed ones, or none at all
    When I apply "rs-not-in.yaml"
    Then ReplicaSet "rs-not-in" adopts Pod "web-1-16"
    And ReplicaSet "rs-not-in" adopts Pod "web-unversioned"
    And Pod "web-1-14" has no owner

  Scenario: Exists: any version
    When I apply "rs-exists.yaml"
    Then ReplicaSet "rs-exists" adopts Pod "web-1-16"
    And Pod "web-unversioned" has no owner

  Scenario: DoesNotExist: no version
    When I apply "rs-does-not-exist.yaml"
    Then ReplicaSet "rs-does-not-exist" adopts Pod "web-unversioned"
    And Pod "web-1-14" has no owner

  Scenario: All terms must hold
    When I apply "rs-nginx.yaml"
    Then ReplicaSet "rs-nginx" adopts Pod "web-1-14"
    And Pod "web-1-16" has no owner
    And Pod "api-1-14" has no owner
