module example.com/shout

go 1.24

require example.com/words v0.0.0
