"""Certificates of the tests' own authority, made by openssl."""
import atexit
import os
import shutil
import subprocess
import tempfile

OPENSSL = shutil.which("openssl")


def openssl(*args, **more):
    subprocess.run([OPENSSL] + [str(a) for a in args], check=True,
                   capture_output=True, **more)


class Authority:
    """A folder with ca.pem in it, which vouches for what it makes there."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="ringround-ca-")
        atexit.register(shutil.rmtree, self.folder, True)
        self.ca = self.path("ca.pem")
        self.new_key("ca.key")
        openssl("req", "-x509", "-new", "-key", self.path("ca.key"), "-out",
                self.ca, "-days", 30, "-subj", "/CN=an authority of tests",
                "-addext", "basicConstraints=critical,CA:TRUE", "-addext",
                "keyUsage=critical,keyCertSign")

    def path(self, name):
        return os.path.join(self.folder, name)

    def new_key(self, name, *more):
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt",
                "ec_paramgen_curve:P-256", "-out", self.path(name), *more)
        os.chmod(self.path(name), 0o600)
        return self.path(name)

    def make(self, name, host="IP:127.0.0.1", days=30):
        """name.pem and name.key for the host: their paths."""
        key, ask = self.new_key(name + ".key"), self.path(name + ".csr")
        openssl("req", "-new", "-key", key, "-out", ask, "-subj",
                "/CN=" + name)
        with open(self.path("names"), "w", encoding="ascii") as f:
            f.write("subjectAltName=%s\nbasicConstraints=CA:FALSE\n" % host)
        openssl("x509", "-req", "-in", ask, "-CA", self.ca, "-CAkey",
                self.path("ca.key"), "-CAcreateserial", "-days", days,
                "-out", self.path(name + ".pem"), "-extfile",
                self.path("names"))
        return self.path(name + ".pem"), key

    def make_ended(self, name):
        """One that was good for some days long ago."""
        key, cert = self.new_key(name + ".key"), self.path(name + ".pem")
        folder = self.path(name)
        os.mkdir(folder)
        for file, text in (("index", ""), ("serial", "01\n"), (
                "conf", "[ca]\ndefault_ca=a\n[a]\ndatabase=index\n"
                "serial=serial\nnew_certs_dir=.\ndefault_md=sha256\n"
                "policy=p\nunique_subject=no\n[p]\ncommonName=supplied\n")):
            with open(os.path.join(folder, file), "w", encoding="ascii") as f:
                f.write(text)
        openssl("req", "-new", "-key", key, "-out", "ask.csr", "-subj",
                "/CN=127.0.0.1", cwd=folder)
        openssl("ca", "-batch", "-notext", "-config", "conf", "-cert", self.ca,
                "-keyfile", self.path("ca.key"), "-in", "ask.csr", "-out",
                cert, "-startdate", "20260101000000Z", "-enddate",
                "20260109000000Z", cwd=folder)
        return cert, key
