using System.Collections.Generic;
using System.IO;
using Lyra.IlVerify;
using Lyra.IlVerify.Reports;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Tools.IlVerify;

/// <summary>The verifier finds no faults in assemblies that the C# compiler made from safe code.</summary>
public sealed class CompiledAssemblyTests
{
    public static TheoryData<string> Large =>
    [
        "System.Linq.Expressions",
        "System.ComponentModel.TypeConverter",
        "System.Linq.Parallel",
        "System.Data.Common",
        "Microsoft.VisualBasic.Core",
        "Microsoft.CSharp",
    ];

    [Theory]
    [InlineData("System.ObjectModel")]
    [InlineData("System.Collections.Concurrent")]
    [InlineData("System.Collections")]
    [InlineData("System.Collections.Specialized")]
    [InlineData("System.IO.Pipelines")]
    [InlineData("System.Linq")]
    [InlineData("System.Threading.Channels")]
    public void Safe_assemblies_of_the_framework_are_clean(string name) => ShouldBeClean(name);

    [Theory]
    [Trait(Sweep.Category, Sweep.Name)]
    [SweepData(nameof(Large))]
    public void Large_safe_assemblies_of_the_framework_are_clean(string name) => ShouldBeClean(name);

    private static void ShouldBeClean(string name)
    {
        string file = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name + ".dll");

        IReadOnlyList<Message> messages = AssemblyVerifier.Verify(file, []);

        messages.ShouldNotContain(message => IsFault(message.Error));
    }

    /// <summary>
    /// Locals without zero-initialization and stack allocation are deliberately unverifiable code of the framework, not faults.
    /// </summary>
    private static bool IsFault(VerifierError error)
    {
        return error is not (VerifierError.InitLocals or VerifierError.Unverifiable or VerifierError.UnmanagedPointer);
    }
}
