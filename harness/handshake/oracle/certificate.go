package main

import (
	"crypto/ecdsa"
	"crypto/tls"
	"crypto/x509"
	"net"
	"time"
)

type facts struct {
	Error     string   `json:"error,omitempty"`
	Curve     string   `json:"curve"`
	CA        bool     `json:"ca"`
	Names     []string `json:"names"`
	Subject   string   `json:"subject"`
	KeyUsage  int      `json:"keyUsage"`
	ExtUsage  []int    `json:"extUsage"`
	ValidNow  bool     `json:"validNow"`
	ValidHour int      `json:"validHours"`
}

// certificate reads a pair and holds a TLS session between two that both have it, as AutoMTLS would.
func certificate(certPEM, keyPEM []byte) facts {
	pair, err := tls.X509KeyPair(certPEM, keyPEM)
	if err != nil {
		return facts{Error: err.Error()}
	}
	cert := pair.Leaf
	if cert == nil {
		if cert, err = x509.ParseCertificate(pair.Certificate[0]); err != nil {
			return facts{Error: err.Error()}
		}
	}
	now := time.Now()
	f := facts{
		CA:        cert.IsCA && cert.BasicConstraintsValid,
		Names:     cert.DNSNames,
		Subject:   cert.Subject.String(),
		KeyUsage:  int(cert.KeyUsage),
		ValidNow:  now.After(cert.NotBefore) && now.Before(cert.NotAfter),
		ValidHour: int(cert.NotAfter.Sub(now).Round(time.Hour).Hours()),
	}
	if key, ok := cert.PublicKey.(*ecdsa.PublicKey); ok {
		f.Curve = key.Curve.Params().Name
	}
	for _, usage := range cert.ExtKeyUsage {
		f.ExtUsage = append(f.ExtUsage, int(usage))
	}
	if err := session(pair, cert); err != nil {
		f.Error = err.Error()
	}
	return f
}

// session is what both sides of go-plugin set up (server.go, Serve; client.go, Start and loadServerCert).
func session(pair tls.Certificate, cert *x509.Certificate) error {
	pool := x509.NewCertPool()
	pool.AddCert(cert)
	config := &tls.Config{
		Certificates: []tls.Certificate{pair},
		ClientAuth:   tls.RequireAndVerifyClientCert,
		ClientCAs:    pool,
		RootCAs:      pool,
		MinVersion:   tls.VersionTLS12,
		ServerName:   "localhost",
	}
	a, b := net.Pipe()
	defer a.Close()
	defer b.Close()
	served := make(chan error, 1)
	go func() { served <- tls.Server(a, config).Handshake() }()
	if err := tls.Client(b, config).Handshake(); err != nil {
		return err
	}
	return <-served
}
