import pytest
from cluster import config
from conftest import user
from jupyterhub import orm
from nativeauthenticator.orm import UserInfo
from traitlets.config import Config

from tenantry.authenticator import TenantAuthenticator

GOOD = "correct horse battery"


@pytest.fixture
def make(db, tenants, tmp_path):
    password = tmp_path / "password"
    password.write_text("first-password\n")

    def make():
        one = TenantAuthenticator(
            _deprecated_db_session=db, first_admin="root", first_admin_password_file=str(password)
        )
        one.tenants = tenants
        return one

    return make


@pytest.fixture
def authenticator(make):
    return make()


async def login(authenticator, name, password):
    return await authenticator.get_authenticated_user(None, {"username": name, "password": password})


def approve(authenticator, name):
    UserInfo.change_authorization(authenticator.db, name)


async def test_a_member_comes_in_once_approved(authenticator):
    assert authenticator.create_user("grace", GOOD) is not None
    assert await login(authenticator, "grace", GOOD) is None
    approve(authenticator, "grace")
    assert (await login(authenticator, "grace", GOOD))["name"] == "grace"
    assert await login(authenticator, "grace", "wrong") is None


async def test_no_name_of_a_tenant_or_the_hub_opens_an_account(authenticator):
    for name in ("ada", "grace", "bob"):
        assert not authenticator.create_user(name, GOOD).is_authorized
        assert await login(authenticator, name, GOOD) is None


async def test_approval_alone_opens_nothing(authenticator):
    authenticator.create_user("mallory", GOOD)
    approve(authenticator, "mallory")
    assert await login(authenticator, "mallory", GOOD) is None


async def test_the_first_admin_is_there_before_anybody_can_sign_up(authenticator):
    assert (await login(authenticator, "root", "first-password"))["admin"] is True
    assert authenticator.create_user("root", GOOD) is None
    assert authenticator.create_user("ROOT", GOOD) is None


async def test_the_name_of_the_first_admin_stays_reserved_when_the_account_is_gone(authenticator, db):
    db.delete(UserInfo.find(db, "root"))
    db.commit()
    assert authenticator.create_user("root", GOOD) is None
    assert UserInfo.find(db, "root") is None


async def test_a_restart_keeps_the_password_that_the_first_admin_has_chosen(authenticator, make):
    authenticator.change_password("root", GOOD)
    assert (await login(make(), "root", GOOD))["admin"] is True
    assert await login(make(), "root", "first-password") is None


async def test_others_become_no_admins_by_login(authenticator):
    authenticator.create_user("ada", GOOD)
    approve(authenticator, "ada")
    assert (await login(authenticator, "ada", GOOD))["admin"] is None


async def test_a_removed_member_has_to_go(authenticator, cluster):
    authenticator.create_user("grace", GOOD)
    approve(authenticator, "grace")
    assert await authenticator.refresh_user(user("grace")) is True
    cluster.tenants["vision"] = config(admins=["ada"])
    assert await authenticator.refresh_user(user("grace")) is False
    assert await login(authenticator, "grace", GOOD) is None


async def test_revoked_approval_ends_a_session(authenticator):
    authenticator.create_user("grace", GOOD)
    approve(authenticator, "grace")
    approve(authenticator, "grace")
    assert await authenticator.refresh_user(user("grace")) is False


async def test_a_frozen_tenant_lets_members_in_and_an_archived_one_does_not(authenticator, cluster):
    authenticator.create_user("grace", GOOD)
    approve(authenticator, "grace")
    for state, welcome in (("frozen", True), ("archived", False)):
        cluster.tenants["vision"] = config(users=["grace"], state=state)
        assert (await login(authenticator, "grace", GOOD) is not None) is welcome


async def test_groups_of_the_hub_make_no_members(authenticator):
    assert await authenticator.tenants_of(user("mallory", groups=["vision-users"])) == []


async def test_who_may_approve_whom(authenticator, db):
    await authenticator.tenants.current()
    db.add(orm.User(name="bob", admin=True))
    db.commit()
    may = authenticator.may_approve
    assert may(user("root", admin=True), "mallory")
    assert may(user("ada"), "grace")
    assert not may(user("ada"), "mallory")
    assert not may(user("ada"), "bob"), "an administrator of the hub"
    assert may(user("ada"))
    assert not may(user("grace"))
    assert not may(user("grace"), "ada")
    assert not may(None)


def test_the_configuration_of_the_hub_is_taken(db, caplog):
    settings = Config(Authenticator={"auth_refresh_age": 300}, TenantAuthenticator={"max_age": 7})
    one = TenantAuthenticator(config=settings, _deprecated_db_session=db)
    one.check_allow_config()
    assert (one.max_age, one.auth_refresh_age, one.allow_all) == (7, 300, False)
    assert "No allow config found" not in caplog.text


def test_nothing_changes_an_account_on_get(authenticator):
    class App:
        template_vars = {}

    handlers = dict(authenticator.get_handlers(App))
    assert "/authorize" in handlers
    assert not {"/authorize/([^/]*)", "/discard/([^/]*)"} & handlers.keys()
    assert handlers["/authorize"].__module__ == "tenantry.approvals"
