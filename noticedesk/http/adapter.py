"""The door for libraries that bring a requests session of their own: what they send goes through fetch and post."""

from collections.abc import Mapping

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from requests.utils import get_encoding_from_headers

from noticedesk.http import Refused, Unreachable, fetch, post
from noticedesk.http.policy import Policy


class Through(BaseAdapter):
    """Carries GET and POST of a requests session under a policy; a redirect is an answer, not a way on."""

    def __init__(self, policy: Policy) -> None:
        super().__init__()
        self._policy = policy

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """The answer; raises requests.ConnectionError for what the policy refuses and for what does not answer."""
        url, body = request.url or "", request.body or b""
        try:
            if request.method == "GET":
                page = fetch(url, self._policy)
            elif request.method == "POST":
                sent = body.encode() if isinstance(body, str) else bytes(body)
                page = post(url, sent, dict(request.headers), self._policy)
            else:
                raise Refused(url, f"{request.method} is not sent from here")
        except (Refused, Unreachable) as error:
            raise requests.ConnectionError(str(error), request=request) from error
        answer = requests.Response()
        answer.status_code, answer.url, answer.request = page.status, page.url, request
        answer.headers = CaseInsensitiveDict(page.headers)
        answer.encoding = get_encoding_from_headers(answer.headers)
        answer._content = page.body
        return answer

    def close(self) -> None:
        """Nothing is kept open between two requests."""
