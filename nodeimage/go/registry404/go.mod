module registry404

go 1.26.0
