module iglu.example/oracle/exec

go 1.21
