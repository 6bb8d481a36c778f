using System.Net;
using Slipway.Deployment.Rollouts.Smoke;
using Slipway.Deployment.Rollouts.Tracking;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Rollouts.Smoke;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SmokeCheckTests : IDisposable
{
    private static readonly Uri Health = new("https://ann:s3cr3t@web.example.org:8443/health?token=t0k3n");

    private readonly WaitedClock clock = new(Given.Noon);
    private readonly RecordingReport report = new();
    private readonly Answers answers = new();

    public void Dispose() => answers.Dispose();

    [Test]
    public async Task The_first_good_answer_is_enough()
    {
        answers.Give(HttpStatusCode.NoContent);

        Assert.That(await RunAsync(), Is.Null);
        Assert.That(answers.Requests, Has.Count.EqualTo(1));
        Assert.That(report.Facts.Single(), Is.EqualTo("'https://web.example.org:8443/health?…' answers: status 204."));
    }

    [Test]
    public async Task It_is_asked_again_until_it_answers_well()
    {
        answers.Give(HttpStatusCode.ServiceUnavailable, HttpStatusCode.BadGateway, HttpStatusCode.OK);

        Assert.That(await RunAsync(), Is.Null);
        Assert.That(answers.Requests, Has.Count.EqualTo(3));
    }

    [TestCase(HttpStatusCode.ServiceUnavailable, "status 503")]
    [TestCase(HttpStatusCode.NotFound, "status 404")]
    [TestCase(HttpStatusCode.Found, "status 302")]
    public async Task No_good_answer_in_its_time_is_a_failure_that_names_url_and_status(HttpStatusCode status, string words)
    {
        answers.Give(status);

        var failure = await RunAsync();

        Assert.That(failure!.Cause, Does.Contain("'https://web.example.org:8443/health?…'").And.Contain(words).And.Contain("within 60 s"));
        Assert.That(failure.Remedy, Does.Contain("--smoke-timeout"));
        Assert.That(clock.GetUtcNow() - Given.Noon, Is.LessThanOrEqualTo(TimeSpan.FromSeconds(60)));
    }

    [Test]
    public async Task A_refused_connection_is_told_without_secrets()
    {
        answers.Trouble = new HttpRequestException(HttpRequestError.ConnectionError, "ann:s3cr3t@web.example.org refused");

        var failure = await RunAsync();

        Assert.That(failure!.Cause, Does.Contain("ConnectionError"));
        Assert.That(string.Join('\n', [failure.Cause, failure.Remedy, .. report.Entries]), Does.Not.Contain("s3cr3t").And.Not.Contain("t0k3n"));
    }

    [Test]
    public async Task An_answer_that_does_not_come_ends_in_time()
    {
        answers.IsSilent = true;

        Assert.That((await RunAsync())!.Cause, Does.Contain("no answer in time"));
    }

    [Test]
    public async Task User_and_password_are_sent_as_basic_authentication_and_not_in_the_address()
    {
        answers.Give(HttpStatusCode.OK);

        await RunAsync();

        Assert.That(answers.Requests.Single(), Is.EqualTo("GET https://web.example.org:8443/health?token=t0k3n Basic YW5uOnMzY3IzdA=="));
    }

    [Test]
    public async Task Cancelling_ends_it_at_once()
    {
        using var cancellation = new CancellationTokenSource();
        answers.Give(HttpStatusCode.ServiceUnavailable);
        answers.OnRequest = cancellation.Cancel;

        await Assert.ThatAsync(() => RunAsync(cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase("http://127.0.0.1:8000/health", true)]
    [TestCase("https://web", true)]
    [TestCase("ftp://web/x", false)]
    [TestCase("/health", false)]
    [TestCase("web.example.org", false)]
    [TestCase("file:///etc/passwd", false)]
    public void Only_http_and_https_are_urls(string text, bool isOne)
    {
        Assert.That(SmokeUrl.Read(text), isOne ? Is.Not.Null : Is.Null);
    }

    private async Task<RolloutFailure?> RunAsync(CancellationToken cancellationToken = default)
    {
        var run = new SmokeCheck(Health, TimeSpan.FromMinutes(1), report, clock, answers).RunAsync(cancellationToken);
        await clock.RunAsync(run);
        return await run;
    }

    private sealed class Answers : HttpMessageHandler
    {
        private readonly Queue<HttpStatusCode> statuses = new();

        public List<string> Requests { get; } = [];

        public Exception? Trouble { get; set; }

        public bool IsSilent { get; set; }

        public Action? OnRequest { get; set; }

        public void Give(params HttpStatusCode[] given)
        {
            foreach (var status in given) statuses.Enqueue(status);
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add($"{request.Method} {request.RequestUri!.AbsoluteUri} {request.Headers.Authorization}");
            OnRequest?.Invoke();
            if (Trouble is not null) throw Trouble;
            if (IsSilent) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return new HttpResponseMessage(statuses.Count > 1 ? statuses.Dequeue() : statuses.Peek()) { RequestMessage = request };
        }
    }
}
