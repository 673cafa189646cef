"""Running a command in a container, over a websocket of its own."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kubelab import durations
from kubelab.client.connection import Connection
from kubelab.client.knocking import knock
from kubelab.client.objects import at
from kubelab.client.refusals import Refused
from kubelab.errors import LabFailure, SetupTrouble
from kubelab.output import Output

if TYPE_CHECKING:
    from kubernetes.stream.ws_client import WSClient

ERROR_CHANNEL = 3
CLIENT_ERRORS = range(400, 500)


def execute(connection: Connection, path: str, argv: Sequence[str], container: str | None, timeout: float) -> Output:
    """Run the command to its end; LabFailure when it takes longer than `timeout` seconds or cannot be started."""
    query = [("stdout", "true"), ("stderr", "true"), *(("command", word) for word in argv)]
    socket = _opened(connection, path, [*query, ("container", container)] if container else query)
    try:
        return _finished(socket, argv, timeout)
    finally:
        socket.sock.shutdown()  # its close() leaves the socket open after the server has closed it, and else waits 3 s


def _opened(connection: Connection, path: str, query: Sequence[tuple[str, str]]) -> "WSClient":
    try:
        return _knocked(connection, path, query)
    except Refused as refused:
        if not (refused.forbids and connection.is_ready_again(refused.message)):
            raise
        return _knocked(connection, path, query)


def _knocked(connection: Connection, path: str, query: Sequence[tuple[str, str]]) -> "WSClient":
    opened = knock(lambda: _tried(connection, path, query), lambda tried: isinstance(tried, ConnectionRefusedError))
    if isinstance(opened, ConnectionRefusedError):
        raise _unopened(opened) from opened
    return opened


def _tried(connection: Connection, path: str, query: Sequence[tuple[str, str]]) -> "WSClient | ConnectionRefusedError":
    from kubernetes.stream.ws_client import WSClient, get_websocket_url  # noqa: PLC0415
    from websocket import WebSocketBadStatusException, WebSocketException  # noqa: PLC0415

    connection.permit("CONNECT", path)
    url = get_websocket_url(connection.server + path, query)
    try:
        return WSClient(connection.configuration, url, connection.authorization(path), capture_all=False)
    except ConnectionRefusedError as error:
        return error
    except WebSocketBadStatusException as error:
        raise _refused(error) from error
    except (WebSocketException, OSError) as error:
        raise _unopened(error) from error


def _unopened(error: Exception) -> SetupTrouble:
    return SetupTrouble(f"The API server did not open a connection to run a command: {error}. See how it is: kubelab status")


def _refused(error: Any) -> Exception:
    body = error.resp_body or b""
    message = at(_parsed(body), "message") or str(error)
    if error.status_code in CLIENT_ERRORS:
        return Refused(error.status_code, str(at(_parsed(body), "reason", default="")), message, "run a command")
    return LabFailure(f"The command could not be run: {message}")


def _finished(socket: "WSClient", argv: Sequence[str], timeout: float) -> Output:
    socket.run_forever(timeout=timeout)
    if socket.is_open():
        raise LabFailure(
            f'The command "{" ".join(argv)}" did not end within {durations.short(timeout)}.', last_saw=socket.read_stdout()[-500:]
        )
    return Output(_exit_code(socket.read_channel(ERROR_CHANNEL)), socket.read_stdout(), socket.read_stderr())


def _exit_code(status: str) -> int:
    said = _parsed(status)
    if said.get("status") == "Success":
        return 0
    causes = at(said, "details", "causes", default=())
    code = next((cause["message"] for cause in causes if cause.get("reason") == "ExitCode"), None)
    if code is None:
        raise LabFailure(f"The command could not be run: {said.get('message') or status or 'the connection was cut'}")
    return int(code)


def _parsed(text: str | bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(text)
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}
