// Package ext holds the two extension points of Traefik's configuration. Traefik has them in a module of their own, which its published module leaves out.
package ext

// HTTP would extend a service's configuration.
type HTTP struct{}

// DeepCopyInto copies nothing: there is nothing.
func (*HTTP) DeepCopyInto(*HTTP) {}

// Router would extend a router's configuration.
type Router struct{}

// DeepCopyInto copies nothing: there is nothing.
func (*Router) DeepCopyInto(*Router) {}
