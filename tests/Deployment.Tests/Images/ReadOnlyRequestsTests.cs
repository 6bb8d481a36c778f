using System.Net;
using Slipway.Deployment.Images;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Images;

/// <summary>What a plan may send to a registry.</summary>
[TestFixture]
internal sealed class ReadOnlyRequestsTests
{
    [TestCase("GET", true)]
    [TestCase("HEAD", true)]
    [TestCase("POST", false)]
    [TestCase("PUT", false)]
    [TestCase("PATCH", false)]
    [TestCase("DELETE", false)]
    public async Task Only_get_and_head_pass(string method, bool passes)
    {
        var told = new List<string>();
        var network = new Network();
        using var http = new HttpClient(new ReadOnlyRequests(request => told.Add(request.Method.Method), network));
        using var request = new HttpRequestMessage(new HttpMethod(method), "http://127.0.0.1:1/v2/web/manifests/a");

        if (passes) Assert.That((await http.SendAsync(request)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        else Assert.That(() => http.SendAsync(request), Throws.InstanceOf<NotReadOnlyException>().With.Message.Contains(method));

        Assert.That(network.Requests, Is.EqualTo(passes ? 1 : 0));
        Assert.That(told, Is.EqualTo(passes ? new[] { method } : []));
    }

    [Test]
    public async Task An_archive_is_not_pushed_by_a_client_that_reads_only()
    {
        using var folder = new TemporaryFolder();
        await using var registry = await TestRegistry.StartAsync();
        using var archive = OciArchive.Open(new OciImage([1, 2, 3]).WriteTo(folder.Combine("image.tar")));
        using var client = RegistryClient.ReadOnly(TimeProvider.System, _ => { });
        Assert.That(ImageReference.TryParse($"{registry.Host}/web:a", out var target));

        Assert.That(
            () => client.PushAsync(archive, target!, registry.Login, null, new RecordingReport(), CancellationToken.None),
            Throws.InstanceOf<NotReadOnlyException>());
    }

    private sealed class Network : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        }
    }
}
