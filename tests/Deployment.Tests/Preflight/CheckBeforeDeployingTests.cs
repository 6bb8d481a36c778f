using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;

namespace Slipway.Deployment.Tests.Preflight;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CheckBeforeDeployingTests : IDisposable
{
    private readonly VerifiedWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Test]
    public async Task Where_nothing_is_wrong_one_line_says_so()
    {
        await _world.LookAsync();

        Assert.That(_world.Report.Entries, Is.EqualTo(new[]
        {
            "fact: Preflight: caller 'ci' of account 123456789012, login, repository 'stream-ml-service', service 'stream-ml-service-1' (ACTIVE, controller ECS).",
        }));
        Assert.That(_world.Service.Calls, Is.EqualTo(new[] { "FindService" }), "requests to ECS");
    }

    [Test]
    public async Task One_thing_that_is_wrong_is_told_as_the_step_would_tell_it()
    {
        _world.Service.State = null;

        var failure = await FailureAsync();

        Assert.That((failure.ExitCode, failure.Message), Is.EqualTo((
            ExitCode.PreconditionFailed, "Service 'stream-ml-service-1' does not exist in cluster 'emotional-parrot', region us-east-1.")));
        Assert.That(failure.Remedy, Does.StartWith("create it first"));
    }

    [Test]
    public async Task Several_things_that_are_wrong_are_in_one_message()
    {
        _world.Service.State = _world.Service.State! with { Controller = "CODE_DEPLOY" };
        _world.Settings = _world.Settings with { Repository = "elsewhere" };

        var failure = await FailureAsync();

        Assert.That(failure.Message.Split('\n'), Has.Length.EqualTo(5));
        Assert.That(failure.Message, Does.StartWith("2 things are not as a deployment needs them:\n").And.Contain("CODE_DEPLOY").And.Contain("'elsewhere'").And.Contain("    Try: "));
        Assert.That(failure.Remedy, Does.Contain("--target=Verify"));
    }

    [Test]
    public async Task A_denied_login_names_the_right_and_the_policy()
    {
        _world.Registry.Failure = new SlipwayException(
            ExitCode.PreconditionFailed,
            $"failed: AccessDeniedException {VerifiedWorld.Denied}ecr:GetAuthorizationToken on resource: * because no permissions boundary allows the ecr:GetAuthorizationToken action", null);

        var failure = await FailureAsync();

        Assert.That(failure.Message, Is.EqualTo("The caller lacks ecr:GetAuthorizationToken: the caller's permissions boundary does not allow it."));
    }

    [Test]
    public async Task What_may_pass_by_itself_stops_no_run()
    {
        _world.Service.FailNextLooks(1, () => new TransientServiceException("ThrottlingException Rate exceeded", true, null, null));

        await _world.LookAsync();

        Assert.That(_world.Report.Entries.Single(), Does.Not.Contain("service '"));
    }

    [Test]
    public async Task A_run_that_starts_from_a_revision_needs_no_registry()
    {
        _world.Settings = _world.Settings with { TaskDefinition = new TaskDefinitionSource.Revision("web:1"), Repository = "elsewhere" };

        await _world.LookAsync();

        Assert.That(_world.Report.Entries.Single(), Does.Not.Contain("repository"));
    }

    [Test]
    public async Task A_run_that_starts_from_an_image_asks_for_no_login()
    {
        _world.Settings = _world.Settings with { Image = "registry.example.com/web@sha256:1" };

        await _world.LookAsync();

        Assert.That(_world.Report.Entries.Single(), Does.Not.Contain("login").And.Contain("repository"));
    }

    [Test]
    public async Task A_repository_that_push_creates_need_not_be_there()
    {
        _world.Settings = _world.Settings with { Repository = "elsewhere", CreatesRepository = true };

        await _world.LookAsync();

        Assert.That(_world.Report.Entries.Single(), Does.Not.Contain("repository"));
    }

    [Test]
    public async Task A_first_deployment_has_no_family_yet()
    {
        _world.Service.Definitions.Clear();

        await _world.LookAsync();

        Assert.That(_world.Report.Entries, Has.Count.EqualTo(1));
    }

    private async Task<SlipwayException> FailureAsync()
    {
        try
        {
            await _world.LookAsync();
        }
        catch (SlipwayException failure)
        {
            return failure;
        }

        throw new AssertionException("It found nothing wrong.");
    }
}
