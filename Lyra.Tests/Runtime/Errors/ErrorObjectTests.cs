using System;
using Lyra.Runtime.Errors;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Errors;

public sealed class ErrorObjectTests
{
    [Fact]
    public void The_first_cause_ends_the_chain_however_chains_are_joined()
    {
        Random random = new(1);
        ErrorObject[] errors = new ErrorObject[300];
        for (int i = 0; i < errors.Length; i++)
        {
            errors[i] = new ErrorObject("K", "m");
        }

        for (int step = 0; step < 3_000; step++)
        {
            ErrorObject error = errors[random.Next(errors.Length)];
            ErrorObject caught = errors[random.Next(errors.Length)];
            ErrorObject first = caught;
            while (first.Cause is { } cause)
            {
                first = cause;
            }

            caught.FirstCause().ShouldBeSameAs(first);
            if (error.Cause is null && !ReferenceEquals(first, error))
            {
                error.Cause = caught;
            }
        }
    }
}
