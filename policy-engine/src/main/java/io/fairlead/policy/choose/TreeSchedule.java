package io.fairlead.policy.choose;

/**
 * A schedule worked out on the way down a binary tree, for weights whose table would be too long:
 * two ints a member, and about log2(members) divisions a turn.
 *
 * <p>A node has a share of its parent's slots, and hands each of them to its left or right child:
 * slot s goes left where {@code round(s * left / all)} steps up at s, and is the child's slot of
 * that number. In {@code all} consecutive slots the left child gets exactly {@code left}, one after
 * the other, and so on down to the members: the split is as exact as the table's.
 */
public final class TreeSchedule implements Schedule {
  /** Sum of the weights before each member; one more at the end for the sum of all. */
  private final int[] before;

  /**
   * The first member of each inner node's right child. Nodes stand in preorder: the left child
   * follows its parent, the right child stands behind the left one's {@code size - 1} inner nodes.
   */
  private final int[] split;

  /**
   * @param before sums of the weights before each member, and the sum of all; not copied
   */
  public TreeSchedule(int[] before) {
    this.before = before;
    this.split = new int[before.length - 2];
    plant(0, 0, before.length - 1);
  }

  /**
   * Halves by weight, not by count: the deviation from the ideal share is below 1/2 at each level
   * and shrinks by the child's part of its parent at each level below, so that it stays small where
   * each part is about a half.
   */
  private void plant(int node, int from, int to) {
    if (to - from < 2) {
      return;
    }
    int half = (before[from] + before[to]) >>> 1;
    int middle = from + 1;
    while (middle < to - 1 && before[middle + 1] <= half) {
      middle++;
    }
    if (middle < to - 1 && half - before[middle] > before[middle + 1] - half) {
      middle++;
    }
    split[node] = middle;
    plant(node + 1, from, middle);
    plant(node + middle - from, middle, to);
  }

  @Override
  public int period() {
    return before[before.length - 1];
  }

  @Override
  public int member(int slot) {
    int from = 0;
    int to = before.length - 1;
    int node = 0;
    long s = slot;
    while (to - from > 1) {
      int middle = split[node];
      int all = before[to] - before[from];
      int left = before[middle] - before[from];
      long lefts = (2 * s * left + all) / (2L * all);
      if (lefts < (2 * (s + 1) * left + all) / (2L * all)) {
        s = lefts;
        to = middle;
        node++;
      } else {
        s -= lefts;
        node += middle - from;
        from = middle;
      }
    }
    return from;
  }
}
