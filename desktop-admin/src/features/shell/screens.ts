/** The screens in the order of the navigation, and who sees them. */
import { IconAdjustments, IconBuildingHospital, IconCalendarEvent, IconChartBar, IconHeadset, IconInbox, IconShieldCheck, IconStethoscope, IconUserShield, IconUsers } from "@tabler/icons-react";
import type { Right } from "@/lib/rights";

export interface ScreenLink {
  path: string;
  text: string;
  icon: typeof IconInbox;
  needs?: Right;
  group: "work" | "manage";
}

export const SCREENS: ScreenLink[] = [
  { path: "/", text: "admin-nav-overview", icon: IconChartBar, group: "work" },
  { path: "/visits", text: "admin-nav-visits", icon: IconCalendarEvent, group: "work" },
  { path: "/requests", text: "admin-nav-requests", icon: IconInbox, group: "work" },
  { path: "/front-desk", text: "admin-nav-front-desk", icon: IconHeadset, needs: "front_desk", group: "work" },
  { path: "/patients", text: "admin-nav-patients", icon: IconUsers, group: "manage" },
  { path: "/doctors", text: "admin-nav-doctors", icon: IconStethoscope, group: "manage" },
  { path: "/set-up", text: "admin-nav-set-up", icon: IconBuildingHospital, needs: "edit_clinics", group: "manage" },
  { path: "/staff", text: "admin-nav-staff", icon: IconUserShield, needs: "see_staff", group: "manage" },
  { path: "/audit", text: "admin-nav-audit", icon: IconShieldCheck, needs: "see_audit", group: "manage" },
  { path: "/settings", text: "admin-nav-settings", icon: IconAdjustments, group: "manage" },
];
