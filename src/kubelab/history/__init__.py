"""Many runs side by side: what flips, what broke and when, what is slow; one line of JSON for each scenario and run."""
