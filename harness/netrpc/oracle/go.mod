module iglu.example/oracle/netrpc

go 1.24
