using System.Text;
using Newtonsoft.Json.Linq;
using Slipway.Deployment.TaskDefinitions.Json;

namespace Slipway.Deployment.Tests.TaskDefinitions.Json;

public sealed class CanonicalJsonTests
{
    [TestCase("""{"b":1.50,"a":[1e3,12345678901234567890.10]}""", "{\n  \"b\": 1.50,\n  \"a\": [\n    1e3,\n    12345678901234567890.10\n  ]\n}\n")]
    [TestCase("""{"empty":{},"none":[],"null":null,"yes":true,"no":false}""", "{\n  \"empty\": {},\n  \"none\": [],\n  \"null\": null,\n  \"yes\": true,\n  \"no\": false\n}\n")]
    [TestCase("""{"text":"a\u003cb \u00e9 \"q\" \\ / \n \u0000"}""", "{\n  \"text\": \"a<b é \\\"q\\\" \\\\ / \\n \\u0000\"\n}\n")]
    [TestCase("""{"date":"2026-11-23T00:00:00Z","odd name \" ":"x"}""", "{\n  \"date\": \"2026-11-23T00:00:00Z\",\n  \"odd name \\\" \": \"x\"\n}\n")]
    public void A_document_is_written_with_two_spaces_and_its_own_digits(string text, string expected) =>
        Assert.That(CanonicalJson.Write(StrictJsonReader.Read(Encoding.UTF8.GetBytes(text), out _)!), Is.EqualTo(expected));

    [TestCase("🚀")]
    [TestCase("\u2028 \u0001 \u007f \uFFFD ü 漢")]
    public void Any_text_comes_back_as_it_was(string text)
    {
        var written = CanonicalJson.Write(new JObject { ["text"] = text, [text] = 1 });

        var back = StrictJsonReader.Read(Encoding.UTF8.GetBytes(written.Replace(": 1\n", ": true\n", StringComparison.Ordinal)), out _)!;
        Assert.That((string?)back["text"], Is.EqualTo(text));
        Assert.That(back.Properties().Last().Name, Is.EqualTo(text));
    }
}
