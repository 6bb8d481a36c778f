using System.Buffers;
using System.Text;
using StreamMlService.Scoring;

namespace StreamMlService.Tests.Scoring;

internal sealed class ObservationParserTests
{
    [TestCase("""{"series":"pump-7","value":1.5}""", "pump-7", new[] { 1.5 })]
    [TestCase("""{"values":[1,-2e3],"series":"a"}""", "a", new double[] { 1, -2000 })]
    [TestCase("""{"value":0}""", "default", new double[] { 0 })]
    [TestCase(""" {"at":"2026-01-01","tags":{"values":[9],"x":[[1]]},"value":1,"series":"\u00e4"} """, "ä", new double[] { 1 })]
    public void Observations_are_read_and_other_properties_ignored(string line, string series, double[] values)
    {
        var observation = Parse(line, out var error);
        Assert.That(error, Is.Null);
        Assert.That(observation!.Series, Is.EqualTo(series));
        Assert.That(observation.Values, Is.EqualTo(values));
    }

    [TestCase("not json", "invalid_json")]
    [TestCase("{", "invalid_json")]
    [TestCase("""{"value":1} {"value":2}""", "invalid_json")]
    [TestCase("""{"value":"x","series":}""", "invalid_json")]
    [TestCase("[1,2]", "invalid_json")]
    [TestCase("null", "invalid_json")]
    [TestCase("""{"value":1,}""", "invalid_json")]
    [TestCase("""{"value":NaN}""", "invalid_json")]
    [TestCase("{}", "invalid_values")]
    [TestCase("""{"value":"1"}""", "invalid_values")]
    [TestCase("""{"value":[1]}""", "invalid_values")]
    [TestCase("""{"values":[]}""", "invalid_values")]
    [TestCase("""{"values":1}""", "invalid_values")]
    [TestCase("""{"values":[1,null]}""", "invalid_values")]
    [TestCase("""{"values":[[1]]}""", "invalid_values")]
    [TestCase("""{"value":1,"values":[1]}""", "invalid_values")]
    [TestCase("""{"value":1,"value":2}""", "invalid_values")]
    [TestCase("""{"values":[1,2,3,4]}""", "too_many_values")]
    [TestCase("""{"value":1e999}""", "value_out_of_range")]
    [TestCase("""{"value":-2e100}""", "value_out_of_range")]
    [TestCase("""{"value":1,"series":7}""", "invalid_series")]
    [TestCase("""{"value":1,"series":""}""", "invalid_series")]
    [TestCase("""{"value":1,"series":"12345678901"}""", "invalid_series")]
    [TestCase("""{"value":1,"series":"a","series":"b"}""", "invalid_series")]
    [TestCase("""{"value":1,"series":"\ud800"}""", "invalid_text")]
    [TestCase("""{"a":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]],"value":1}""", "invalid_json")]
    public void What_cannot_be_scored_is_refused_with_a_code(string line, string code)
    {
        Assert.That(Parse(line, out var error), Is.Null);
        Assert.That(error!.Code, Is.EqualTo(code));
        Assert.That(error.Message, Is.Not.Empty);
    }

    [Test]
    public void Bytes_that_are_no_text_are_refused()
    {
        byte[] line = [.. "{\"value\":1,\"series\":\""u8, 0xC3, 0x28, .. "\"}"u8];
        Assert.That(new ObservationParser(ScoringLimits.Default).Parse(new ReadOnlySequence<byte>(line), out var error), Is.Null);
        Assert.That(error!.Code, Is.EqualTo("invalid_text"));
    }

    private static Observation? Parse(string line, out LineError? error) =>
        new ObservationParser(ScoringLimits.Default with { Dimensions = 3, SeriesName = 10 }).Parse(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(line)), out error);
}
