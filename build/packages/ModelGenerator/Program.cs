namespace Slipway.ModelGenerator;

internal static class Program
{
    private const string Usage = """
        Usage:
          strip <service> <service-2.json[.gz]> <version>   writes build/models/<service>.json
          generate                                          writes Generated/*.cs of the editions
        Run it from anywhere inside the repository.
        """;

    public static int Main(string[] args)
    {
        try
        {
            return Run(args);
        }
        catch (UsageException error)
        {
            Console.Error.WriteLine(error.Message);
            return 2;
        }
    }

    private static int Run(string[] args)
    {
        var root = Repository.FindRoot(Environment.CurrentDirectory);
        switch (args)
        {
            case ["strip", var name, var path, var version]:
                var service = ServiceCatalog.Find(name);
                var target = Repository.ModelPath(root, service.Model);
                File.WriteAllText(target, ModelStripper.Strip(ModelText.Read(path), service, version));
                Console.WriteLine($"wrote {target}");
                return 0;
            case ["generate"]:
                foreach (var edition in ServiceCatalog.All)
                {
                    var folder = Repository.GeneratedFolder(root, edition.Package);
                    EditionGenerator.WriteTo(folder, EditionGenerator.Generate(edition, Model.Read(Repository.ModelPath(root, edition.Model))));
                    Console.WriteLine($"wrote {folder}");
                }

                return 0;
            default:
                throw new UsageException(Usage);
        }
    }
}
