module example.com/cargo

go 1.24

require example.com/plural v1.2.0
