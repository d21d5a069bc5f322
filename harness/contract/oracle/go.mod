module iglu.example/oracle/contract

go 1.22
