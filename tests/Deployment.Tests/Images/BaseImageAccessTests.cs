using System.Net;
using Slipway.Deployment.Images;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Images;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class BaseImageAccessTests : IDisposable
{
    private const string Ecr = "210987654321.dkr.ecr.eu-west-1.amazonaws.com";
    private static readonly string Digest = Digests.Of("base");

    private readonly FakeImageRegistry _registry = new();
    private readonly Answers _answers = new();
    private readonly RegistryClient _client;

    public BaseImageAccessTests() => _client = new RegistryClient(new InstantTime(), _answers);

    public void Dispose() => _client.Dispose();

    [Test]
    public async Task A_base_image_in_ECR_is_asked_for_with_a_login_to_its_own_registry()
    {
        _answers.WantsLogin = true;

        var (digest, login) = await Find($"{Ecr}/dotnet/aspnet:10.0");

        Assert.Multiple(() =>
        {
            Assert.That((digest, login), Is.EqualTo((Digest, _registry.Login)));
            Assert.That(_registry.LoggedInTo, Is.EqualTo(new[] { Ecr }));
            Assert.That(_answers.Requests, Is.EqualTo(new[] { $"https://{Ecr}/v2/dotnet/aspnet/manifests/10.0" }), "not once without the login");
        });
    }

    [TestCase("mcr.microsoft.com/dotnet/aspnet:10.0", false)]
    [TestCase("127.0.0.1:4570/dotnet/aspnet:10.0", false)]
    [TestCase("127.0.0.1:4570/base:1", true)]
    public async Task Another_registry_is_asked_without_a_login_first(string image, bool wantsLogin)
    {
        _answers.WantsLogin = wantsLogin;

        var (digest, login) = await Find(image);

        Assert.That(digest, Is.EqualTo(Digest));
        Assert.That((login is not null, _registry.LoggedInTo.Count > 0), Is.EqualTo((wantsLogin, wantsLogin)));
    }

    [Test]
    public async Task A_private_registry_of_somebody_else_is_left_to_the_users_own_logins()
    {
        _answers.WantsLogin = true;

        await Assert.ThrowsAsync<HttpRequestException>(() => Find("registry.example.com/base:1"));

        Assert.That(_registry.LoggedInTo, Is.Empty, "no token is asked for where it opens nothing");
    }

    [Test]
    public async Task A_base_image_that_ECR_denies_is_told_with_the_rights_that_are_missing()
    {
        _answers.Denies = true;

        var failure = await Assert.ThrowsAsync<SlipwayException>(() => Find($"{Ecr}/base:1"));

        Assert.Multiple(() =>
        {
            Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.PreconditionFailed));
            Assert.That(failure.Message, Does.StartWith($"The base image '{Ecr}/base:1' cannot be read: ").And.Contain("HTTP 403"));
            Assert.That(failure.Remedy, Does.Contain("ecr:BatchGetImage").And.Contain("repository policy"));
            Assert.That(failure.ToString(), Does.Not.Contain(_registry.Login.Password));
        });
    }

    [Test]
    public async Task A_login_that_is_refused_is_told_as_it_is()
    {
        _registry.Failure = new SlipwayException(ExitCode.PreconditionFailed, "AccessDenied", "allow the caller ecr:GetAuthorizationToken");

        var failure = await Assert.ThrowsAsync<SlipwayException>(() => Find($"{Ecr}/base:1"));

        Assert.That(failure, Is.SameAs(_registry.Failure));
    }

    private Task<(string? Digest, RegistryLogin? Login)> Find(string image) =>
        new BaseImageAccess(_registry, _client).FindAsync(
            ImageReference.TryParse(image, out var reference) ? reference : throw new ArgumentException(image), CancellationToken.None);

    /// <summary>Every registry of the world, with one image.</summary>
    private sealed class Answers : HttpMessageHandler
    {
        public bool WantsLogin { get; set; }

        public bool Denies { get; set; }

        public List<string> Requests { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add(request.RequestUri!.ToString());
            var status = Denies ? HttpStatusCode.Forbidden
                : WantsLogin && request.Headers.Authorization is null ? HttpStatusCode.Unauthorized
                : HttpStatusCode.OK;
            var answer = new HttpResponseMessage(status) { Content = new StringContent("") };
            if (status == HttpStatusCode.OK) answer.Headers.Add("Docker-Content-Digest", Digest);
            return Task.FromResult(answer);
        }
    }
}
