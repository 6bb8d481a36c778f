namespace Slipway.ModelGenerator;

/// <summary>All files of one edition, as text by name: pure, so that a test can compare them with what is committed.</summary>
internal static class EditionGenerator
{
    public static IReadOnlyDictionary<string, string> Generate(ServiceDefinition service, Model model)
    {
        var missing = service.Operations.Except(model.Operations.Keys).ToList();
        if (missing.Count > 0)
            throw new UsageException($"build/models/{service.Model}.json lacks {string.Join(", ", missing)}. Try: strip it again from a service-2.json.");
        var types = new TypeMap(service, model);
        return new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [$"I{service.Client}.cs"] = ClientWriter.Interface(service, model),
            [$"{service.Client}Client.cs"] = ClientWriter.Client(service, model),
            [$"{service.Client}Config.cs"] = ConfigWriter.Write(service, model),
            [$"{service.Client}Enumerations.cs"] = EnumerationWriter.Write(service, model),
            [$"{service.Client}Exceptions.cs"] = ExceptionWriter.Write(service, model),
            [$"{service.Client}Model.cs"] = StructureWriter.Write(service, model, types),
        };
    }

    /// <summary>Writes the files and removes those that nothing gives any more.</summary>
    public static void WriteTo(string folder, IReadOnlyDictionary<string, string> files)
    {
        Directory.CreateDirectory(folder);
        foreach (var stale in Directory.EnumerateFiles(folder).Where(path => !files.ContainsKey(Path.GetFileName(path)))) File.Delete(stale);
        foreach (var (name, text) in files) File.WriteAllText(Path.Combine(folder, name), text);
    }
}
