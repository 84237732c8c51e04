using System;
using System.CommandLine;
using System.IO;
using Lyra.Generate.Files;
using Lyra.Generate.Metrics;
using Lyra.Generate.Sources;

namespace Lyra.Generate;

/// <summary>The command <c>lyra-generate</c>: writes the generated source files and measures the source.</summary>
internal static class Program
{
    private const string ArchitecturePage = "docs/architecture.md";

    private static int Main(string[] arguments)
    {
        SourceRepository repository = SourceRepository.Above(Directory.GetCurrentDirectory());
        Option<bool> check = new("--check") { Description = "write nothing; fail when a file is out of date" };
        Command files = new("files", "Writes the generated source files.") { check };
        files.SetAction(result => WriteFiles(repository, result.GetValue(check)));

        Option<bool> write = new("--write") { Description = $"write the tables into {ArchitecturePage}, between its markers" };
        Option<bool> references = new("--references") { Description = "print the references that make up each cycle" };
        Command metrics = new("metrics", "Prints the largest types, the lengths of methods and the cycles between folders.")
        {
            write,
            references,
        };
        metrics.SetAction(result => Measure(repository, result.GetValue(write), result.GetValue(references)));

        Command arms = new("arms", "Prints the switches over enums whose default arm stands for members.");
        arms.SetAction(_ => PrintDefaultArms(repository));

        return new RootCommand("Writes generated source files and measures the source.") { files, metrics, arms }.Parse(arguments).Invoke();
    }

    private static int WriteFiles(SourceRepository repository, bool onlyCheck)
    {
        int code = 0;
        foreach (GeneratedFile file in GeneratedFiles.All)
        {
            string path = repository.PathOf(file.Path);
            string text = file.Text(repository);
            if (File.Exists(path) && File.ReadAllText(path) == text)
            {
                continue;
            }

            Console.WriteLine(onlyCheck ? $"{file.Path} is out of date" : file.Path);
            code = onlyCheck ? 1 : 0;
            if (!onlyCheck)
            {
                File.WriteAllText(path, text);
            }
        }

        return code;
    }

    private static int PrintDefaultArms(SourceRepository repository)
    {
        foreach (DefaultArm arm in DefaultArms.Of(SourceProject.ReadLibraries(repository)))
        {
            Console.WriteLine(arm);
        }

        return 0;
    }

    private static int Measure(SourceRepository repository, bool write, bool showReferences)
    {
        string report = MetricsReport.Of(repository, showReferences);
        Console.Write(report);
        if (write)
        {
            string page = repository.PathOf(ArchitecturePage);
            File.WriteAllText(page, MarkedSection.Replace(File.ReadAllText(page), "metrics", report));
        }

        return 0;
    }
}
