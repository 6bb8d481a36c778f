using System.Text;
using StreamMlService.Hosting;
using StreamMlService.Tests.Support;

namespace StreamMlService.Tests.Scoring;

internal sealed class ScoreEndpointTests
{
    [Test]
    public async Task Answers_come_line_by_line_while_the_request_is_open()
    {
        await using var service = await RunningService.StartAsync();
        using var stream = await OpenStream.BeginAsync(service.Port);
        for (var i = 1; i <= 10; i++)
        {
            await stream.SendAsync($"{{\"series\":\"a\",\"value\":{i % 3}}}\n");
            var answer = (await stream.ReadAsync())!.Value;
            Assert.That(answer.GetProperty("line").GetInt32(), Is.EqualTo(i));
            Assert.That(answer.GetProperty("seen").GetInt32(), Is.EqualTo(i - 1));
        }

        await stream.SendAsync("{\"series\":\"a\",\"value\":1000");
        await stream.SendAsync("}\n");
        var far = (await stream.ReadAsync())!.Value;
        Assert.That(far.GetProperty("anomaly").GetBoolean(), Is.True);
        Assert.That(far.GetProperty("score").GetDouble(), Is.GreaterThan(4));
        await stream.EndAsync();
        Assert.That(await stream.ReadAsync(), Is.Null);
    }

    [Test]
    public async Task A_bad_line_gets_an_error_and_the_stream_goes_on()
    {
        await using var service = await RunningService.StartAsync();
        var answers = await service.ScoreAsync("{\"value\":1}\nnonsense\n\n{\"values\":[1,2]}\n{\"value\":2}");

        Assert.That(answers.Select(answer => answer.GetProperty("line").GetInt32()), Is.EqualTo(new[] { 1, 2, 4, 5 }));
        Assert.That(answers[1].GetProperty("error").GetString(), Is.EqualTo("invalid_json"));
        Assert.That(answers[2].GetProperty("error").GetString(), Is.EqualTo("dimensions_changed"));
        Assert.That(answers[3].GetProperty("seen").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_huge_line_is_refused_without_being_kept()
    {
        await using var service = await RunningService.StartAsync();
        var answers = await service.ScoreAsync(new StringBuilder().Append('x', 5_000_000).Append("\n{\"value\":1}\n").ToString());

        Assert.That(answers, Has.Count.EqualTo(2));
        Assert.That(answers[0].GetProperty("error").GetString(), Is.EqualTo("line_too_long"));
        Assert.That(answers[1].GetProperty("line").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_long_stream_is_answered_whole_and_in_order()
    {
        await using var service = await RunningService.StartAsync();
        const int count = 20_000;
        var answers = await service.ScoreAsync(string.Concat(Enumerable.Range(0, count).Select(i => $"{{\"series\":\"s{i % 7}\",\"values\":[{i % 11},{i % 13}]}}\n")));
        Assert.That(answers.Select(answer => answer.GetProperty("line").GetInt32()), Is.EqualTo(Enumerable.Range(1, count)));
    }

    [Test]
    public async Task An_empty_stream_has_an_empty_answer()
    {
        await using var service = await RunningService.StartAsync();
        Assert.That(await service.ScoreAsync(""), Is.Empty);
    }

    [Test]
    public async Task A_client_that_goes_away_leaves_nothing_open()
    {
        await using var service = await RunningService.StartAsync();
        using (var stream = await OpenStream.BeginAsync(service.Port))
        {
            await stream.SendAsync("{\"value\":1}\n");
            await stream.ReadAsync();
            Assert.That(await Metrics.ReadAsync(service.Client, "stream_ml_open_streams"), Is.EqualTo(1));
            stream.Break();
        }

        await Metrics.WaitAsync(service.Client, "stream_ml_open_streams", 0);
        Assert.That(await service.ScoreAsync("{\"value\":1}\n"), Has.Count.EqualTo(1), "others are served on");
    }

    [Test]
    public async Task A_silent_stream_is_told_and_ended()
    {
        await using var service = await RunningService.StartAsync(ServiceSettings.Default with { Idle = TimeSpan.FromMilliseconds(200) });
        using var stream = await OpenStream.BeginAsync(service.Port);
        await stream.SendAsync("{\"value\":1}\n");
        Assert.That((await stream.ReadAsync())!.Value.GetProperty("line").GetInt32(), Is.EqualTo(1));

        Assert.That((await stream.ReadAsync())!.Value.GetProperty("error").GetString(), Is.EqualTo("idle"));
        Assert.That(await stream.ReadAsync(), Is.Null);
    }

    [Test]
    public async Task An_open_stream_goes_on_while_the_service_stops_until_the_grace_is_over()
    {
        await using var service = await RunningService.StartAsync(ServiceSettings.Default with { Grace = TimeSpan.FromSeconds(1) });
        using var stream = await OpenStream.BeginAsync(service.Port);
        await stream.SendAsync("{\"value\":1}\n");
        await stream.ReadAsync();
        var stop = service.App.StopAsync();
        await stream.SendAsync("{\"value\":2}\n");
        Assert.That((await stream.ReadAsync())!.Value.GetProperty("seen").GetInt32(), Is.EqualTo(1));

        Assert.That((await stream.ReadAsync())!.Value.GetProperty("error").GetString(), Is.EqualTo("stopping"));
        Assert.That(await stream.ReadAsync(), Is.Null);
        stream.Dispose();
        await stop.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Test]
    public async Task Another_method_is_refused()
    {
        await using var service = await RunningService.StartAsync();
        using var response = await service.Client.GetAsync("/v1/score");
        Assert.That((int)response.StatusCode, Is.EqualTo(405));
    }

    [Test]
    public async Task A_broken_chunk_ends_its_own_stream_only()
    {
        await using var service = await RunningService.StartAsync();
        using var stream = await OpenStream.BeginAsync(service.Port);
        await stream.SendRawAsync("no size\r\n");

        Assert.That(async () => await stream.ReadAsync(), Throws.InstanceOf<IOException>());
        await Metrics.WaitAsync(service.Client, "stream_ml_open_streams", 0);
        Assert.That(await service.ScoreAsync("{\"value\":1}\n"), Has.Count.EqualTo(1));
    }
}
