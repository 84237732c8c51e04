using System;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace Lyra.Interpreter.Syntax;

/// <summary>
/// Runs a recursive walk with enough native stack. Trees of usual depth are walked on the caller's thread, deeper ones on a new thread
/// while the caller waits. Therefore, the nesting limit is a fixed number that does not depend on the host's threads.
/// </summary>
internal static class DeepStack
{
    /// <summary>The depth for which the stack of any thread suffices, unless its caller has used most of it.</summary>
    public const int ShallowDepth = 64;

    /// <summary>
    /// The stack size of the new thread; it is reserved, not committed. In unoptimized code, the parser needs about a quarter of it for
    /// <see cref="SyntaxLimits.MaxNesting"/> levels of the costliest kind (one operator of every precedence), which RobustnessTests runs.
    /// </summary>
    private const int StackBytes = 64 << 20;

    /// <summary>
    /// A part of the stack that can be used without a check. The CLR's own check guarantees twice as many bytes.
    /// </summary>
    private const int PartBytes = 64 << 10;

    /// <summary>
    /// The parts that a walk of <see cref="ShallowDepth"/> levels needs: 256 KB in unoptimized code, see <see cref="StackBytes"/>.
    /// </summary>
    private const int ShallowParts = 4;

    /// <summary>Runs <paramref name="walk"/> on a tree of the given depth (<see cref="Ast.ModuleNode.Depth"/>).</summary>
    public static T Run<T>(int depth, Func<T> walk) => depth <= ShallowDepth ? walk() : RunApart(walk);

    /// <summary>
    /// Whether the thread has the stack to compile a source, whose tree is walked by <see cref="Run"/>. If the caller, such as a host
    /// delegate that a deep recursion of scripts called, has left too little even for a tree of usual depth, it must be compiled by
    /// <see cref="RunApart"/>.
    /// </summary>
    public static bool HasSpaceToCompile => HasSpace(ShallowParts);

    /// <summary>
    /// Whether the thread has space for some parts besides what the CLR's check guarantees. The check can't be asked for more bytes, so it
    /// is made further down the stack.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool HasSpace(int parts)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return false;
        }

        Span<byte> part = stackalloc byte[PartBytes];
        part[0] = 0;
        return parts == 0 || HasSpace(parts - 1);
    }

    /// <summary>Runs a walk on a new thread while the caller waits.</summary>
    public static T RunApart<T>(Func<T> walk)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(Body, StackBytes) { IsBackground = true, Name = "Lyra deep stack" };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;

        void Body()
        {
            try
            {
                result = walk();
            }
#pragma warning disable CA1031 // rethrown on the caller's thread
            catch (Exception e)
#pragma warning restore CA1031
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        }
    }
}
