using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Analysis;
using Lyra.Cli.Files;
using Lyra.Cli.Options;
using Lyra.Cli.Output;
using Lyra.Cli.Reports;

namespace Lyra.Cli.Commands;

/// <summary><c>lyra check</c>: compiles files, infers types in them, and prints what is wrong.</summary>
internal static class CheckCommand
{
    private const string FilePattern = "*.lyra";

    public static int Execute(CheckSettings settings, string[] paths, StandardStreams streams)
    {
        List<CheckedFile> files = [];
        foreach ((string file, string root) in FindFiles(paths.Length == 0 ? ["."] : paths))
        {
            CheckedFile found = Check(file, root, settings);
            if (settings.Format == CheckFormat.Text)
            {
                ErrorReport.WriteReports(streams.Error, found.Reports, found.Source);
            }

            files.Add(found);
        }

        CheckReports.Write(settings.Format, files, streams.Output);
        return files.Any(static file => file.HasErrors) ? ExitCodes.BadSource : ExitCodes.Done;
    }

    private static CheckedFile Check(string file, string root, CheckSettings settings)
    {
        string source = SourceFile.Read(file);
        try
        {
            ProjectSettings project = ProjectSettings.Find(Path.GetDirectoryName(file) ?? string.Empty);
            Func<string, IReadOnlyList<Finding>> check = text => new Project(project, project.Root ?? root).Check(text, file);
            string mended = settings.Fixes ? Fixer.Fix(source, check) : source;
            if (mended != source)
            {
                FileEdits.Replace(file, mended);
            }

            return new CheckedFile(file, mended, check(mended));
        }
        catch (ProjectException e)
        {
            throw new UsageException(e.Message);
        }
    }

    /// <summary>The files that paths name, and for each the folder below which it imports others.</summary>
    private static IEnumerable<(string File, string Root)> FindFiles(string[] paths)
    {
        foreach (string path in paths)
        {
            if (!Directory.Exists(path))
            {
                yield return (path, Path.GetDirectoryName(path) ?? string.Empty);
                continue;
            }

            string[] found = Directory.GetFiles(path, FilePattern, SearchOption.AllDirectories);
            Array.Sort(found, StringComparer.Ordinal);
            foreach (string file in found)
            {
                yield return (path == "." ? Path.GetRelativePath(path, file) : file, path);
            }
        }
    }
}
