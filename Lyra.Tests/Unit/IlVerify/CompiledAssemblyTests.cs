using System.Collections.Generic;
using System.IO;
using Lyra.IlVerify;
using Lyra.IlVerify.Reports;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Unit.IlVerify;

/// <summary>What the C# compiler made of safe code is clean.</summary>
public sealed class CompiledAssemblyTests
{
    [Theory]
    [InlineData("System.Linq.Expressions")]
    [InlineData("System.ObjectModel")]
    [InlineData("System.Collections.Concurrent")]
    [InlineData("System.Collections")]
    [InlineData("System.Collections.Specialized")]
    [InlineData("System.ComponentModel.TypeConverter")]
    [InlineData("System.IO.Pipelines")]
    [InlineData("System.Linq")]
    [InlineData("System.Linq.Parallel")]
    [InlineData("System.Threading.Channels")]
    [InlineData("System.Data.Common")]
    [InlineData("Microsoft.VisualBasic.Core")]
    [InlineData("Microsoft.CSharp")]
    public void Safe_assemblies_of_the_framework_are_clean(string name)
    {
        string file = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name + ".dll");

        IReadOnlyList<Message> messages = AssemblyVerifier.Verify(file, []);

        messages.ShouldNotContain(message => IsFault(message.Error));
    }

    /// <summary>Locals that do not begin as zero, and memory on the stack, are the framework's own choice of unverifiable code.</summary>
    private static bool IsFault(VerifierError error)
    {
        return error is not (VerifierError.InitLocals or VerifierError.Unverifiable or VerifierError.UnmanagedPointer);
    }
}
