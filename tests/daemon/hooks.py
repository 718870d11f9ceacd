"""Hooks that a test makes up, signed as the gateway signs them."""
import base64
import hashlib
import hmac
import urllib.parse

from rig import ACCOUNT, TOKEN

FORM = "application/x-www-form-urlencoded"


def signed(rig, path, fields, token=TOKEN):
    data = "http://127.0.0.1:%d%s" % (rig.port, path) + "".join(
        name + value for name, value in sorted(fields.items()))
    return base64.b64encode(hmac.new(token.encode(), data.encode(),
                                     hashlib.sha1).digest()).decode()


def text_from(number, body, sid):
    return {"From": number, "To": "+447700900999", "Body": body,
            "MessageSid": "SM" + sid * 32, "SmsSid": "SM" + sid * 32,
            "AccountSid": ACCOUNT, "NumMedia": "0", "NumSegments": "1"}


def send(rig, fields, path="/hook/main/text", **how):
    """Send a hook; signature is left out where it is None."""
    signature = how.get("signature", signed(rig, path, fields,
                                            how.get("token", TOKEN)))
    headers = {"Content-Type": FORM}
    if signature is not None:
        headers["X-Twilio-Signature"] = signature
    return rig.hook("POST", path, urllib.parse.urlencode(fields), headers)
