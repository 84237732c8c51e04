using System;
using System.IO;
using DataPipeline;
using Lyra;

if (args.Length > 2)
{
    Console.Error.WriteLine("usage: DataPipeline [INPUT.csv [SCRIPT.lyra]]");
    return 2;
}

string input = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "data", "sales.csv");
string script = args.Length > 1 ? args[1] : Path.Combine(AppContext.BaseDirectory, "scripts", "sales.lyra");
try
{
    using StreamReader reader = File.OpenText(input);
    using Pipeline pipeline = new(script);
    Report report = new();
    pipeline.Run(CsvReader.Read(reader), report);
    Console.Write(report);
    return pipeline.Rejected.Count == 0 ? 0 : 3;
}
catch (LyraCompileException error)
{
    foreach (Diagnostic diagnostic in error.Diagnostics)
    {
        Console.Error.WriteLine(diagnostic);
    }
}
catch (LyraException error)
{
    Console.Error.WriteLine($"{error.File}:{error.Line}:{error.Column}: {error.Kind}: {error.Message}");
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
{
    Console.Error.WriteLine(error.Message);
}

return 1;
