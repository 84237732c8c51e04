using System.Linq;
using Lyra.Jit.Ir;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Jit.Ir;

/// <summary>The columns of the table of IR operations agree with each other.</summary>
public sealed class IrOpTests
{
    private static IrOpInfo[] Rows => IrOpInfo.Table.ToArray();

    /// <summary>If a row lacks its declarations of effects or hoisting, every pass must treat the operation conservatively.</summary>
    [Fact]
    public void A_row_without_declarations_is_the_safest_kind()
    {
        IrRowAttribute row = new(IrFamily.Other, "", IrType.Int, "");

        row.Effects.ShouldBe(IrEffects.Observes | IrEffects.Fixed);
        row.Reads.ShouldBe(IrMemory.All);
        row.Writes.ShouldBe(IrMemory.All);
        row.Hoists.ShouldBe(IrHoisting.Never);
        row.Traits.ShouldBe(IrTraits.None);
    }

    [Fact]
    public void Operations_that_may_be_hoisted_have_no_other_effect()
    {
        foreach (IrOpInfo row in Rows.Where(row => row.Hoists != IrHoisting.Never))
        {
            row.Effects.ShouldBe(row.Hoists == IrHoisting.AsGuard ? IrEffects.Exits : IrEffects.None, row.Name);
            row.Writes.ShouldBe(IrMemory.None, row.Name);
        }
    }

    [Fact]
    public void An_unchecked_form_differs_by_the_exit_alone()
    {
        foreach (IrOpInfo row in Rows.Where(row => row.Unchecked != row.Op))
        {
            IrOpInfo without = IrOpInfo.Of(row.Unchecked);
            row.Effects.ShouldBe(IrEffects.Exits, row.Name);
            without.Effects.ShouldBe(IrEffects.None, row.Name);
            without.Inputs.ShouldBe(row.Inputs, row.Name);
            without.Result.ShouldBe(row.Result, row.Name);
            without.Payload.ShouldBe(row.Payload, row.Name);
            (without.Traits & IrTraits.Commutes).ShouldBe(row.Traits & IrTraits.Commutes, row.Name);
        }
    }

    [Fact]
    public void Families_have_the_effects_of_their_names()
    {
        foreach (IrOpInfo row in Rows)
        {
            bool exits = (row.Effects & IrEffects.Exits) != 0;
            exits.ShouldBe(row.Family switch
            {
                IrFamily.Guard or IrFamily.Unbox or IrFamily.New => true,
                IrFamily.IntMath => row.Unchecked != row.Op,
                IrFamily.Bookkeeping or IrFamily.Call or IrFamily.Other => exits,
                _ => false,
            }, row.Name);
            bool stores = row.Family is IrFamily.ElementStore or IrFamily.FieldStore;
            bool mayWrite = row.Family is IrFamily.Other or IrFamily.Call;
            (row.Writes != IrMemory.None).ShouldBe(stores || (mayWrite && row.Writes != IrMemory.None), row.Name);
        }
    }

    [Fact]
    public void Traits_fit_the_inputs_and_the_result()
    {
        foreach (IrOpInfo row in Rows)
        {
            if (Has(row, IrTraits.Commutes))
            {
                row.Inputs.Length.ShouldBe(2, row.Name);
                row.Inputs[0].ShouldBe(row.Inputs[1], row.Name);
            }

            if (Has(row, IrTraits.ComparesInts))
            {
                row.Inputs.ShouldBe(['i', 'i'], row.Name);
                row.Result.ShouldBe(IrType.Bool, row.Name);
            }

            if (Has(row, IrTraits.StoresValue))
            {
                row.Inputs[^1].ShouldBe('a', row.Name);
                row.Writes.ShouldNotBe(IrMemory.None, row.Name);
            }

            if (Has(row, IrTraits.LoadsPayload))
            {
                row.Payload.ShouldBeOneOf([IrPayload.Shape, IrPayload.Code, IrPayload.HostEnum], row.Name);
            }
        }
    }

    private static bool Has(IrOpInfo row, IrTraits trait) => (row.Traits & trait) != 0;
}
