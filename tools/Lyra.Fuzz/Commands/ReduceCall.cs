using System.IO;
using Lyra.Fuzz.Programs;
using Lyra.Fuzz.Reducing;
using Lyra.Fuzz.Running;

namespace Lyra.Fuzz.Commands;

/// <summary>Prints and reduces single programs.</summary>
internal static class ReduceCall
{
    public static int Show(long seed, TextWriter output)
    {
        output.Write(ProgramGenerator.Generate(seed));
        return ExitCodes.Clean;
    }

    public static int Reduce(string file, long seed, TextWriter output)
    {
        string source = File.ReadAllText(file);
        if (new Differential().Compare(source, RunPlan.For(seed)) is not { } mismatch)
        {
            output.WriteLine($"All runs of {file} agree.");
            return ExitCodes.Clean;
        }

        string reduced = ProgramReducer.Reduce(source, new MismatchTest(mismatch));
        output.Write(reduced);
        output.WriteLine($"\n/*\n{new MismatchTest(mismatch).Find(reduced)}\n*/");
        return ExitCodes.Find;
    }
}
