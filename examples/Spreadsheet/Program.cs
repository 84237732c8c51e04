using System;
using System.IO;
using Spreadsheet;

if (args.Length > 1)
{
    Console.Error.WriteLine("usage: Spreadsheet [FILE]");
    return 2;
}

string library = Path.Combine(AppContext.BaseDirectory, "scripts", "functions.lyra");
using Sheet sheet = new(File.ReadAllText(library), Path.GetFileName(library));
Shell shell = new(sheet, Console.Out);
foreach (string line in File.ReadLines(args.Length == 1 ? args[0] : Path.Combine(AppContext.BaseDirectory, "budget.sheet")))
{
    shell.Load(line);
}

sheet.Recalculate();
shell.Show();
while (Console.In.ReadLine() is { } line && shell.Execute(line))
{
}

return 0;
