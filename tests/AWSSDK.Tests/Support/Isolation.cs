using System.Collections;

/// <summary>
/// Keeps the settings of whoever runs the tests out of them. Outside any namespace, so that it runs before everything: the SDK fixes the paths
/// of its files when it first looks.
/// </summary>
[SetUpFixture]
internal sealed class Isolation
{
    private const string Config = """
        [profile cloud]
        region = eu-west-1
        services = mine

        [services mine]
        ecs =
          endpoint_url = http://127.0.0.1:9
        """;

    private const string Credentials = """
        [cloud]
        aws_access_key_id = AKIDEXAMPLE
        aws_secret_access_key = opens-nothing
        """;

    private readonly Dictionary<string, string?> before = [];
    private string folder = "";

    [OneTimeSetUp]
    public void Begin()
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (variable.Key is string name && name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase)) Set(name, null);
        }

        folder = Directory.CreateTempSubdirectory("aws-isolation-").FullName;
        Set("AWS_CONFIG_FILE", Write("config", Config));
        Set("AWS_SHARED_CREDENTIALS_FILE", Write("credentials", Credentials));
        Set("AWS_EC2_METADATA_DISABLED", "true");
    }

    [OneTimeTearDown]
    public void End()
    {
        foreach (var (name, value) in before) Environment.SetEnvironmentVariable(name, value);
        Directory.Delete(folder, recursive: true);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private void Set(string name, string? value)
    {
        before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }
}
