using System.Reflection;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>
/// CoreCLR does not optimize a method if one of these sizes exceeds its bound (DEFAULT_MIN_OPTS_* of the JIT). For the interpreter's loop
/// this would slow down all scripts without any warning.
/// </summary>
public sealed class InterpreterLoopTests
{
    private static readonly MethodInfo Loop =
        typeof(Lyra.Interpreter.Execution.Interpreter).GetMethod("Execute", BindingFlags.Instance | BindingFlags.Public)!;

    [Fact]
    public void Loop_is_small_enough_to_be_optimized()
    {
        MethodSize size = MethodSize.Of(Loop);

        size.Bytes.ShouldBeLessThan(60_000, size.ToString());
        size.Instructions.ShouldBeLessThan(20_000, size.ToString());
        size.Blocks.ShouldBeLessThan(2_000, size.ToString());
        size.Locals.ShouldBeLessThan(2_000, size.ToString());
        size.LocalReferences.ShouldBeLessThan(8_000, size.ToString());
    }

    [Fact]
    public void Interpreter_loop_is_a_large_method() => MethodSize.Of(Loop).Bytes.ShouldBeGreaterThan(4_000);
}
