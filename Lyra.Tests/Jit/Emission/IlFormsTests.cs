using System;
using System.Reflection.Emit;
using Lyra.Jit.Emission;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Emission;

public sealed class IlFormsTests
{
    private static readonly long[] Operands = [long.MinValue, -1, 0, 1, long.MaxValue];

    private static readonly OpCode[] Branches =
        [OpCodes.Beq, OpCodes.Bne_Un, OpCodes.Blt, OpCodes.Bgt, OpCodes.Bge_Un, OpCodes.Bgt_Un];

    [Fact]
    public void Of_a_branch_and_its_inverse_exactly_one_is_taken()
    {
        foreach (OpCode branch in Branches)
        {
            Func<long, long, bool> isTaken = Compile<Func<long, long, bool>>(branch, operands: 2);
            Func<long, long, bool> isInverseTaken = Compile<Func<long, long, bool>>(IlForms.Inverse(branch), operands: 2);
            foreach (long x in Operands)
            {
                foreach (long y in Operands)
                {
                    isInverseTaken(x, y).ShouldBe(!isTaken(x, y), $"{branch} {x} {y}");
                }
            }
        }
    }

    [Fact]
    public void The_inverses_of_truth_tests_are_each_other()
    {
        Compile<Func<long, bool>>(IlForms.Inverse(OpCodes.Brtrue), operands: 1)(0).ShouldBeTrue();
        Compile<Func<long, bool>>(IlForms.Inverse(OpCodes.Brfalse), operands: 1)(0).ShouldBeFalse();
        Should.Throw<ArgumentException>(() => IlForms.Inverse(OpCodes.Br)).Message.ShouldContain("No guard ends with br.");
    }

    /// <summary>A method that returns whether a branch on its arguments is taken.</summary>
    private static T Compile<T>(OpCode branch, int operands)
        where T : Delegate
    {
        DynamicMethod method = new("branch", typeof(bool), operands == 1 ? [typeof(long)] : [typeof(long), typeof(long)]);
        ILGenerator il = method.GetILGenerator();
        Label taken = il.DefineLabel();
        for (int i = 0; i < operands; i++)
        {
            il.Emit(OpCodes.Ldarg, (short)i);
        }

        il.Emit(branch, taken);
        il.Emit(OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Ret);
        il.MarkLabel(taken);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<T>();
    }
}
