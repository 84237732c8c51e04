using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Building;

/// <summary>The switches of the builder name every opcode, and every intrinsic, exactly once.</summary>
public sealed class DispatchTests
{
    [Fact]
    public void Every_opcode_has_one_arm() => NamesIn("Opcode", "OpcodeLowering").ShouldBe(Enum.GetNames<Opcode>(), ignoreOrder: true);

    [Fact]
    public void Every_intrinsic_with_an_id_is_lowered() =>
        NamesIn("IntrinsicId", "IntrinsicLowering", "MathIntrinsics", "BitsIntrinsics").Distinct()
            .ShouldBe(Enum.GetNames<IntrinsicId>(), ignoreOrder: true);

    /// <summary>The members of an enum that occur in the source files of these classes.</summary>
    private static IEnumerable<string> NamesIn(string type, params string[] classes) =>
        from file in classes
        from Match match in Regex.Matches(File.ReadAllText(Repository.PathOf("Lyra.Jit", "Building", file + ".cs")), $@"\b{type}\.(\w+)")
        select match.Groups[1].Value;
}
