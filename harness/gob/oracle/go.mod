module iglu.example/oracle/gob

go 1.21
