using Microsoft.AspNetCore.Http;
using Slipway.Deployment.Images;
using Slipway.Deployment.Tests.Support;

namespace Slipway.Deployment.Tests.Images;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RegistryClientTests
{
    private readonly RecordingReport _report = new();
    private TemporaryFolder _folder = null!;
    private TestRegistry _registry = null!;
    private RegistryClient _client = null!;
    private OciImage _image = null!;

    [SetUp]
    public async Task SetUp()
    {
        _folder = new TemporaryFolder();
        _registry = await TestRegistry.StartAsync();
        _client = new RegistryClient(new InstantTime());
        _image = new OciImage(Random(100), Random(20_000_000), Random(1));
    }

    [TearDown]
    public async Task TearDown()
    {
        _client.Dispose();
        await _registry.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task A_pushed_image_is_there_whole_and_its_digest_reads_back()
    {
        await Push();

        Assert.Multiple(() =>
        {
            Assert.That(_registry.Manifests["app:1"].Content, Is.EqualTo(_image.Manifest));
            Assert.That(_registry.Manifests["app:1"].Type, Is.EqualTo(OciImage.ManifestType));
            foreach (var blob in _image.Blobs)
                Assert.That(Sent(blob), Is.True);
        });
        Assert.That(
            await _client.FindDigestAsync(Reference("app", "1"), _registry.Login, CancellationToken.None), Is.EqualTo(_image.Digest));
        Assert.That(
            await _client.FindConfigDigestAsync(Reference("app", "1"), _registry.Login, CancellationToken.None),
            Is.EqualTo(Digests.Of(_image.Config)));
    }

    [Test]
    public async Task What_the_registry_has_is_not_sent_again()
    {
        await Push();
        _registry.Requests.Clear();

        await Push();

        Assert.That(
            _registry.Requests.Where(r => !r.StartsWith("HEAD ", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "PUT /v2/app/manifests/1" }));
    }

    [Test]
    public async Task Layers_of_the_base_image_are_mounted()
    {
        _registry.Seed("dotnet/aspnet", "10.0", new OciImage(_image.Layers[1]));

        await Push(mountFrom: "dotnet/aspnet");

        Assert.Multiple(() =>
        {
            Assert.That(_registry.Blobs, Does.ContainKey($"app@{Digests.Of(_image.Layers[1])}"));
            Assert.That(
                _registry.Requests.Where(r => r.StartsWith("PATCH", StringComparison.Ordinal)), Is.Empty, "the large layer was not sent");
        });
    }

    [Test]
    public async Task An_upload_goes_on_where_the_connection_broke()
    {
        var patches = 0;
        _registry.Fault = async http =>
        {
            if (http.Request.Method != "PATCH" || ++patches != 2)
                return false;
            // Half a chunk arrives, then the line is dead.
            var half = new byte[1_000_000];
            await http.Request.Body.ReadExactlyAsync(half);
            http.Abort();
            return true;
        };

        await Push();

        Assert.Multiple(() =>
        {
            Assert.That(Sent(_image.Layers[1]), Is.True);
            Assert.That(
                _registry.Requests.Count(r => r.StartsWith("PATCH", StringComparison.Ordinal)), Is.EqualTo(4),
                "3 chunks, one of them twice");
            Assert.That(
                _registry.Requests.Count(r => r.StartsWith("POST", StringComparison.Ordinal)), Is.EqualTo(4), "no upload began anew");
        });
    }

    [Test]
    public async Task An_upload_of_which_the_registry_loses_what_has_arrived_ends()
    {
        using var hang = new CancellationTokenSource();
        var patches = 0;
        _registry.Fault = async http =>
        {
            if (!http.Request.Path.Value!.Contains("/uploads/", StringComparison.Ordinal)) return false;
            // Begins at 0 whenever it is asked, without a range, takes the first chunk and no second one.
            if (http.Request.Method == "GET")
            {
                http.Response.StatusCode = 204;
                return true;
            }

            if (http.Request.Method != "PATCH") return false;
            if (++patches == 50) await hang.CancelAsync();
            await http.Request.Body.CopyToAsync(Stream.Null);
            http.Response.StatusCode = http.Request.Headers.ContentRange.ToString().StartsWith("0-", StringComparison.Ordinal) ? 202 : 503;
            return true;
        };

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => Push(cancellationToken: hang.Token));

        Assert.That(failure.Message, Does.Contain("the connection broke 6 times at byte 8388608"));
    }

    [Test]
    public async Task An_upload_that_the_registry_forgot_begins_anew()
    {
        var patches = 0;
        _registry.Fault = async http =>
        {
            if (http.Request.Method != "PATCH" || ++patches is not (2 or 3))
                return false;
            await TestRegistry.FailAsync(http, 404, "BLOB_UPLOAD_UNKNOWN", "gone");
            return true;
        };
        var asked = 0;
        var inner = _registry.Fault;
        _registry.Fault = async http =>
        {
            if (http.Request.Method == "GET" && http.Request.Path.Value!.Contains("/uploads/", StringComparison.Ordinal) && ++asked == 1)
            {
                await TestRegistry.FailAsync(http, 404, "BLOB_UPLOAD_UNKNOWN", "gone");
                return true;
            }

            return await inner(http);
        };

        await Push();

        Assert.That(Sent(_image.Layers[1]), Is.True);
    }

    [TestCase(503)]
    [TestCase(500)]
    [TestCase(429)]
    public async Task A_registry_that_stumbles_is_asked_again(int status)
    {
        var count = 0;
        _registry.Fault = async http =>
        {
            // Every third request fails.
            if (Interlocked.Increment(ref count) % 3 != 0)
                return false;
            await TestRegistry.FailAsync(http, status, "TOOMANYREQUESTS", "slow down");
            return true;
        };

        await Push();

        Assert.That(_registry.Manifests, Does.ContainKey("app:1"));
    }

    [Test]
    public async Task A_registry_that_stays_down_is_an_error_and_not_a_hang()
    {
        _registry.Fault = async http =>
        {
            await TestRegistry.FailAsync(http, 503, "UNAVAILABLE", "maintenance");
            return true;
        };

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => Push());

        Assert.Multiple(() =>
        {
            Assert.That(failure.Message, Does.Contain("HTTP 503"));
            Assert.That(_registry.Requests, Has.Count.EqualTo(6));
        });
    }

    [Test]
    public async Task A_refusal_is_told_in_the_registry_s_words()
    {
        _registry.Fault = async http =>
        {
            if (http.Request.Method != "PUT" || !http.Request.Path.Value!.Contains("/manifests/", StringComparison.Ordinal))
                return false;
            await TestRegistry.FailAsync(http, 400, "TAG_INVALID", "the tag is immutable");
            return true;
        };

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => Push());

        Assert.That(
            failure.Message,
            Is.EqualTo($"failed to write the manifest '{_registry.Host}/app:1': HTTP 400 TAG_INVALID: the tag is immutable"));
    }

    [Test]
    public async Task A_wrong_password_is_no_loop_and_shows_no_secret()
    {
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => Push(_registry.Login with { Password = "wr0ng-secret" }));

        Assert.Multiple(() =>
        {
            Assert.That(failure.StatusCode, Is.EqualTo(System.Net.HttpStatusCode.Unauthorized));
            Assert.That(failure.ToString(), Does.Not.Contain("wr0ng-secret"));
            Assert.That(_registry.Requests, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task A_bearer_challenge_is_answered_with_a_token()
    {
        _registry.Fault = async http =>
        {
            if (http.Request.Path == "/token")
            {
                await http.Response.WriteAsync("""{"token":"t0k3n"}""");
                return true;
            }

            if (http.Request.Headers.Authorization != "Bearer t0k3n")
            {
                http.Response.Headers.WWWAuthenticate = $"Bearer realm=\"http://{_registry.Host}/token\",service=\"test\"";
                http.Response.StatusCode = 401;
                return true;
            }

            http.Request.Headers.Authorization = "Basic " + Convert.ToBase64String("AWS:s3cr3t-t0k3n"u8);
            return false;
        };

        await Push();

        Assert.Multiple(() =>
        {
            Assert.That(_registry.Manifests, Does.ContainKey("app:1"));
            Assert.That(
                _registry.Requests.Single(r => r.Contains("/token", StringComparison.Ordinal)),
                Is.EqualTo("GET /token?scope=repository%3Aapp%3Apull%2Cpush&service=test"));
        });
    }

    [Test]
    public async Task A_token_is_not_fetched_from_an_address_without_encryption()
    {
        _registry.Fault = http =>
        {
            http.Response.Headers.WWWAuthenticate = "Bearer realm=\"http://elsewhere.invalid/token\"";
            http.Response.StatusCode = 401;
            return Task.FromResult(true);
        };

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => Push());

        Assert.That(failure.Message, Does.Contain("cannot be trusted"));
    }

    [Test]
    public async Task The_secret_goes_to_the_registry_s_own_host_only()
    {
        await using var elsewhere = await TestRegistry.StartAsync();
        string? seen = "nothing";
        elsewhere.Fault = http =>
        {
            seen = http.Request.Headers.Authorization;
            http.Response.StatusCode = 201;
            return Task.FromResult(true);
        };
        _registry.Fault = http =>
        {
            if (http.Request.Method != "POST")
                return Task.FromResult(false);
            http.Response.StatusCode = 202;
            http.Response.Headers.Location = $"http://{elsewhere.Host}/upload";
            return Task.FromResult(true);
        };

        await Push();

        Assert.That(seen, Is.Null.Or.Empty);
    }

    [Test]
    public async Task A_digest_is_read_without_a_login_where_the_registry_allows_it()
    {
        _registry.Seed("dotnet/aspnet", "10.0", _image);

        Assert.Multiple(async () =>
        {
            Assert.That(
                await _client.FindDigestAsync(Reference("dotnet/aspnet", "10.0"), null, CancellationToken.None), Is.EqualTo(_image.Digest));
            Assert.That(await _client.FindDigestAsync(Reference("dotnet/aspnet", "11.0"), null, CancellationToken.None), Is.Null);
        });
    }

    [Test]
    public async Task A_digest_that_the_registry_does_not_say_is_computed()
    {
        _registry.Fault = async http =>
        {
            http.Response.ContentType = OciImage.ManifestType;
            if (HttpMethods.IsGet(http.Request.Method))
                await http.Response.Body.WriteAsync(_image.Manifest);
            return true;
        };

        Assert.That(await _client.FindDigestAsync(Reference("app", "1"), null, CancellationToken.None), Is.EqualTo(_image.Digest));
    }

    [Test]
    public async Task A_manifest_without_end_is_not_read_into_memory()
    {
        _registry.Fault = async http =>
        {
            http.Response.ContentType = OciImage.ManifestType;
            for (var i = 0; i < 100 && HttpMethods.IsGet(http.Request.Method) && !http.RequestAborted.IsCancellationRequested; i++)
                await http.Response.Body.WriteAsync(new byte[100_000]);
            return true;
        };

        await Assert.ThrowsAsync<InvalidDataException>(() => _client.FindDigestAsync(Reference("app", "1"), null, CancellationToken.None));
    }

    [TestCase(200)]
    [TestCase(403)]
    public async Task A_body_that_does_not_come_is_a_dropped_connection_and_is_asked_for_again(int status)
    {
        using var registry = new HeldBody((System.Net.HttpStatusCode)status, _image.Manifest);
        using var client = new RegistryClient(registry.Time, registry);

        var found = await client.FindConfigDigestAsync(Reference("app", "1"), _registry.Login, CancellationToken.None);

        Assert.That(found, Is.EqualTo(Digests.Of(_image.Config)));
        Assert.That(registry.Requests, Is.EqualTo(2));
    }

    [Test]
    public async Task Cancelling_ends_a_push_at_once()
    {
        using var cancellation = new CancellationTokenSource();
        _registry.Fault = async http =>
        {
            if (http.Request.Method != "PATCH")
                return false;
            await cancellation.CancelAsync();
            return false;
        };

        await Assert.CatchAsync<OperationCanceledException>(() => Push(cancellationToken: cancellation.Token));

        Assert.That(_registry.Manifests, Is.Empty);
    }

    [Test]
    public async Task The_pusher_says_what_to_do_where_nothing_answers()
    {
        var pusher = new ArchivePusher(_folder.Path, _client, null, _report);
        _image.WriteTo(_folder.Combine("a.tar"));
        var repository = new ImageRepository("app", "127.0.0.1:9/app", true);

        var refusal = await pusher.PushAsync(
            new BuiltImage("sdk", null, "a.tar", _image.Digest), repository, "1", _registry.Login, CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(refusal!.Kind, Is.EqualTo(PushRefusalKind.Final), "the client has tried six times already");
            Assert.That(refusal.Remedy, Does.Contain("'127.0.0.1:9'").And.Contain("what has arrived is not sent again"));
        });
    }

    [TestCase(401, "UNAUTHORIZED", "Not Authorized", PushRefusalKind.LoginEnded)]
    [TestCase(403, "DENIED", "Your authorization token has expired. Reauthenticate and try again.", PushRefusalKind.LoginEnded)]
    [TestCase(400, "TAG_INVALID", "The image tag cannot be overwritten because the repository is immutable.", PushRefusalKind.TagTaken)]
    [TestCase(503, "UNAVAILABLE", "maintenance", PushRefusalKind.Final)]
    public async Task The_pusher_tells_a_refusal_in_the_middle_of_a_push_for_what_it_is(int status, string code, string words, PushRefusalKind kind)
    {
        _registry.Fault = async http =>
        {
            if (http.Request.Method != "PUT")
                return false;
            await TestRegistry.FailAsync(http, status, code, words);
            return true;
        };
        _image.WriteTo(_folder.Combine("a.tar"));

        var refusal = await new ArchivePusher(_folder.Path, _client, null, _report).PushAsync(
            new BuiltImage("sdk", null, "a.tar", _image.Digest), new ImageRepository("app", $"{_registry.Host}/app", true), "1", _registry.Login,
            CancellationToken.None);

        Assert.That(refusal!.Kind, Is.EqualTo(kind));
        Assert.That(refusal.Words, Does.Contain(words));
    }

    [Test]
    public async Task A_registry_that_asks_for_a_pause_in_the_middle_of_a_blob_gets_it()
    {
        var patches = 0;
        _registry.Fault = async http =>
        {
            if (http.Request.Method != "PATCH" || ++patches != 2)
                return false;
            http.Response.Headers.RetryAfter = "7";
            await TestRegistry.FailAsync(http, 429, "TOOMANYREQUESTS", "slow down");
            return true;
        };
        var time = new RecordedWaits();
        using var client = new RegistryClient(time);
        using var archive = OciArchive.Open(_image.WriteTo(_folder.Combine("a.tar")));

        await client.PushAsync(archive, Reference("app", "1"), _registry.Login, null, _report, CancellationToken.None);

        Assert.That(time.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(7) }));
        Assert.That(Sent(_image.Layers[1]), Is.True);
    }

    [Test]
    public async Task The_pusher_refuses_an_archive_that_is_not_the_one_that_was_built()
    {
        var pusher = new ArchivePusher(_folder.Path, _client, null, _report);
        _image.WriteTo(_folder.Combine("a.tar"));

        var failure = await Assert.ThrowsAsync<SlipwayException>(() =>
            pusher.PushAsync(
                new BuiltImage("sdk", null, "a.tar", Digests.Of("other")), new ImageRepository("app", $"{_registry.Host}/app", true), "1",
                _registry.Login, CancellationToken.None));

        Assert.That(failure.Remedy, Does.Contain("--rebuild"));
    }

    private async Task Push(RegistryLogin? login = null, string? mountFrom = null, CancellationToken cancellationToken = default)
    {
        using var archive = OciArchive.Open(_image.WriteTo(_folder.Combine("a.tar")));
        await _client.PushAsync(archive, Reference("app", "1"), login ?? _registry.Login, mountFrom, _report, cancellationToken);
    }

    // The constraint of equality takes seconds for this many bytes.
    private bool Sent(byte[] blob) =>
        _registry.Blobs.TryGetValue($"app@{Digests.Of(blob)}", out var content) && content.AsSpan().SequenceEqual(blob);

    private ImageReference Reference(string name, string tag) => new(_registry.Host, name, tag, null);

    /// <summary>Every short wait is over at once, and is written down.</summary>
    private sealed class RecordedWaits : TimeProvider
    {
        public List<TimeSpan> Waits { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var isWait = dueTime > TimeSpan.Zero && dueTime < TimeSpan.FromMinutes(1);
            if (isWait) Waits.Add(dueTime);
            return base.CreateTimer(callback, state, isWait ? TimeSpan.Zero : dueTime, period);
        }
    }

    private static byte[] Random(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
