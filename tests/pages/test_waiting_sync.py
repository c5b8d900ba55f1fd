"""A sync at the command line beside the open dashboard: the next page takes in what it fetched."""

import subprocess
import sys

from data import metrics, settings
from data.sources.demo import snapshot
from tests.pages import homes
from tests.stripe_server.server import StripeServer


def test_the_open_dashboard_takes_in_what_the_command_line_fetched(dashboard, tmp_path):
    opened = homes.own(tmp_path)
    dashboard(tmp_path, "revenue.py")
    account = homes.one_client("Ann")
    with StripeServer(snapshot.take(account), shape="new") as server:
        environment = {"RETAINER_HOME": str(tmp_path), "STRIPE_API_KEY": "sk_test_x", "STRIPE_API_BASE": server.url}
        command = [sys.executable, "-m", "data", "sync", "stripe"]
        done = subprocess.run(command, env=environment, cwd=homes.SHELL.parents[1], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "the open dashboard takes it in by itself" in done.stderr
    assert metrics.read(opened, "clients").empty

    page = dashboard(tmp_path, "clients.py")
    assert "Ann" in list(page.dataframe[0].value["client_name"])
    assert not page.exception
    assert settings.load(home=tmp_path).own_warehouse == opened.path
